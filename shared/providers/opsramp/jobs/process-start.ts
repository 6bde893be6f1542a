/**
 * `opsramp.process.start`: starts a process by one of its events and follows the instance to its end.
 *
 * What a start answers is not documented. Where it names the instance, that one is followed; else it is
 * the one that began then with the same event.
 */
import * as z from 'zod';
import type { JobContext, JobType } from '../../../jobs/job-type.ts';
import { seconds } from '../../../kernel/duration.ts';
import {
  canonicalJson,
  isJsonObject,
  type Json,
  type JsonObject,
  scalarText,
} from '../../../kernel/json.ts';
import { findSince, idIn } from '../list-pages.ts';
import { Id } from '../operations/rows.ts';
import { operations } from '../operations.ts';
import { FollowMinutes, type Found, followRun, type Ran } from './follow-run.ts';

export const ProcessStartParams = z.strictObject({
  processId: Id.describe('The process.'),
  startEvent: z
    .string()
    .regex(/^StartEvent_\w{1,64}$/, 'must be the name of a start event')
    .describe('The start event, as the definition of the process names it.'),
  alert: Id.optional().describe('The alert that it begins with.'),
  resource: Id.optional().describe('Or the resource that it begins with.'),
  followMinutes: FollowMinutes,
});
export type ProcessStartParams = z.output<typeof ProcessStartParams>;

const Params = ProcessStartParams.refine(
  ({ alert, resource }) => (alert === undefined) !== (resource === undefined),
  { path: ['alert'], error: 'must be given, or "resource" instead of it, but not both' },
);

export const processStart: JobType<ProcessStartParams> = {
  type: 'opsramp.process.start',
  provider: 'opsramp',
  description: 'Starts a process by an event and follows the instance to its end.',
  params: Params,
  example: { processId: 'PROC-1', startEvent: 'StartEvent_1a2b3c', alert: '959' },
  budget: 'other.write',
  shards: 1,
  cost: {
    operations: [
      operations.startProcess,
      operations.searchProcessInstances,
      operations.getProcessInstance,
    ],
    calls: 'one, and one a minute until the instance is over',
  },
  execute(context, params) {
    const { processId, followMinutes } = params;
    const body = bodyOf(params);
    return followRun(context, {
      what: `process ${processId}`,
      thing: 'instance',
      call: { operation: operations.startProcess, key: 'start', path: { id: processId }, body },
      targets: [INSTANCE],
      followMinutes,
      readAnswer: (answer) => {
        const id = idIn(answer, 'id') ?? idIn(answer, 'processInstanceId');
        return id === undefined ? {} : { [INSTANCE]: id };
      },
      look: (_open, ran) => lookAtInstance(context, String(processId), body, ran),
    });
  },
};

const INSTANCE = 'instance';

const bodyOf = ({ startEvent, alert, resource }: ProcessStartParams): JsonObject => ({
  [startEvent]:
    alert === undefined
      ? { resource: String(resource ?? ''), eventType: 'CREATED' }
      : { alert: String(alert) },
});

/** Starts are stamped by a clock that may be a little behind. */
const CLOCKS_MS = seconds(5);

async function lookAtInstance(
  context: JobContext,
  processId: string,
  event: JsonObject,
  ran: Ran,
): Promise<readonly Found[]> {
  const known = ran.noted[INSTANCE];
  const instance =
    known === undefined
      ? await findInstance(context, processId, event, ran)
      : await getInstance(context, known);
  const state = (scalarText(instance?.['state']) || 'ACTIVE').toUpperCase();
  if (instance === undefined || state === 'ACTIVE') return [];
  const errors = Array.isArray(instance['errors']) ? instance['errors'] : [];
  const row = { instance: instance['id'] ?? null, state, errors };
  return [{ target: INSTANCE, ok: state === 'COMPLETED' && errors.length === 0, row }];
}

async function getInstance(context: JobContext, id: string): Promise<JsonObject | undefined> {
  const call = { operation: operations.getProcessInstance, key: 'instance', path: { id } };
  const { body } = await context.call(call);
  return isJsonObject(body) ? body : undefined;
}

async function findInstance(
  context: JobContext,
  processId: string,
  event: JsonObject,
  { ranAtMs }: Ran,
): Promise<JsonObject | undefined> {
  const list = {
    operation: operations.searchProcessInstances,
    key: 'instances',
    queryString: `processId:${processId}`,
    idField: 'id',
  };
  const since = { dateField: 'startTime', sinceMs: ranAtMs - CLOCKS_MS };
  const begunThen = await findSince(context, list, since);
  const same = begunThen.filter(({ variables }) => saysNothingElse(variables, event));
  if (same.length > 1) context.warn('several instances began then: the first of them is followed');
  return same.at(-1);
}

const saysNothingElse = (variables: Json | undefined, event: JsonObject): boolean =>
  !isJsonObject(variables) || canonicalJson(variables) === canonicalJson(event);
