/**
 * `opsramp.script.run`: runs an automation job, which runs a script on its resources, and follows what
 * the script prints there.
 */
import * as z from 'zod';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { seconds } from '../../../kernel/duration.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json.ts';
import { findSince, idIn } from '../list-pages.ts';
import { Id } from '../operations/rows.ts';
import { operations } from '../operations.ts';
import { FOLLOWED_MAX, FollowMinutes, type Found, followRun, type Ran } from './follow-run.ts';

export const ScriptRunParams = z.strictObject({
  jobId: Id.describe('The automation job: script, resources and parameters are in it.'),
  reason: z.string().min(1).max(1_000).describe('Why, for the people who read the log.'),
  followMinutes: FollowMinutes,
});
export type ScriptRunParams = z.output<typeof ScriptRunParams>;

export const scriptRun: JobType<ScriptRunParams> = {
  type: 'opsramp.script.run',
  provider: 'opsramp',
  description: 'Runs an automation job and gathers what its script prints on each resource.',
  params: ScriptRunParams,
  example: {
    jobId: '7c1d2e3f-5a6b-4c7d-8e9f-0a1b2c3d4e5f',
    reason: 'Ticket INC0000001114',
    followMinutes: 30,
  },
  budget: 'other.write',
  shards: 1,
  cost: {
    operations: [operations.getJob, operations.runJob, operations.listScriptOutputs],
    calls: 'two, and one a minute until every resource has answered',
  },
  execute: runScript,
};

async function runScript(
  context: JobContext,
  { jobId, reason, followMinutes }: ScriptRunParams,
): Promise<JobEnd> {
  const path = { id: jobId };
  const { scriptId, resources } = await getScript(context, path);
  const followed = scriptId === null ? [] : resources.slice(0, FOLLOWED_MAX);
  if (followed.length < resources.length) {
    const why = scriptId === null ? 'it runs no script of its own' : 'it has more';
    context.warn(`${followed.length} of its ${resources.length} resources are followed: ${why}`);
  }
  return followRun(context, {
    what: `job ${jobId}`,
    thing: 'resource',
    call: { operation: operations.runJob, key: 'run', path, body: { reason } },
    targets: followed,
    followMinutes,
    look: (open, ran) => lookAtOutputs(context, scriptId ?? '', open, ran),
  });
}

/** What of an automation job is needed to follow it. */
const Script = z.object({ scriptId: z.string().nullable(), resources: z.array(z.string()) });
type Script = z.output<typeof Script>;

const NOTE = 'script';

/** Asked for once, and kept: each look would be a call more, and the job may be another one by then. */
async function getScript(context: JobContext, path: { id: string | number }): Promise<Script> {
  const kept = z.safeParse(Script, await context.findNote(NOTE));
  if (kept.success) return kept.data;
  const { body } = await context.call({ operation: operations.getJob, key: 'job', path });
  const script = readJob(body);
  await context.putNote(NOTE, script);
  return script;
}

function readJob(body: Json): Script {
  const job = isJsonObject(body) ? body : {};
  const script = objectIn(job, 'script');
  const entities = Array.isArray(job['entities']) ? job['entities'] : [];
  const resources = entities.flatMap((entity) =>
    isJsonObject(entity) ? (idIn(entity['resource'] ?? entity, 'id') ?? []) : [],
  );
  return { scriptId: idIn(objectIn(script, 'customScript'), 'id') ?? null, resources };
}

/** Dates come in whole seconds, from a clock that may be a little behind. */
const CLOCKS_MS = seconds(5);

/** The outputs of a script are of all jobs that run it: those of this run are newer than it. */
async function lookAtOutputs(
  context: JobContext,
  scriptId: string,
  open: readonly string[],
  { ranAtMs }: Ran,
): Promise<readonly Found[]> {
  const list = {
    operation: operations.listScriptOutputs,
    key: 'outputs',
    path: { id: scriptId },
    idField: 'id',
  };
  const since = { dateField: 'responseDate', sinceMs: ranAtMs - CLOCKS_MS };
  const rows = await findSince(context, list, since);
  return open.flatMap((target) => {
    const row = rows.find((it) => idIn(objectIn(it, 'device'), 'id') === target);
    return row ? [{ target, ok: true, row: shownOf(target, row) }] : [];
  });
}

const shownOf = (resource: string, { output, responseDate }: JsonObject): JsonObject => ({
  resource,
  output: output ?? null,
  responseDate: responseDate ?? null,
});

const objectIn = (row: JsonObject, field: string): JsonObject => {
  const value = row[field];
  return isJsonObject(value) ? value : {};
};
