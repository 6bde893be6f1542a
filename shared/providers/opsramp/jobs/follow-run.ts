/**
 * Starts something that OpsRamp then does by itself, once, and comes back until it is seen to be over
 * on every target, or a time is up. OpsRamp names no run, so what it leaves behind is what tells.
 *
 * Guarantees: the start is sent once; without an answer the job is uncertain and a person decides. A
 * target that was seen to be over is not asked about again, and its row is in the result. A look that
 * the budget cuts short goes on where it was. A retry of a job that was started looks again, for as
 * long, and starts nothing.
 */
import * as z from 'zod';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import { count } from '../../../jobs/count.ts';
import type { JobContext, JobEnd } from '../../../jobs/job-type.ts';
import type { OperationCall } from '../../../jobs/operation.ts';
import { minutes, seconds } from '../../../kernel/duration.ts';
import type { Json, JsonObject } from '../../../kernel/json.ts';

/** A target on which it is over. */
export interface Found {
  readonly target: string;
  readonly ok: boolean;
  /** For the result. */
  readonly row: JsonObject;
}

export interface Ran {
  /** What was noted of each target before the start, or by the answer to it. */
  readonly noted: Readonly<Record<string, string>>;
  /** No later than OpsRamp took the start: its answer may take long. */
  readonly ranAtMs: number;
}

export interface FollowedRun {
  /** "scan PATCHCOMP-1", for the sentence that sums up. */
  readonly what: string;
  /** What the targets are: "resource". */
  readonly thing: string;
  readonly call: OperationCall;
  /** Empty where nothing is to be followed. */
  readonly targets: readonly string[];
  readonly followMinutes: number;
  /** What is read of a target before the start. */
  readonly noteOf?: (target: string) => Promise<string>;
  /** Notes from the answer to the start. */
  readonly readAnswer?: (body: Json) => Readonly<Record<string, string>>;
  /** Those of the targets on which it is over. */
  readonly look: (targets: readonly string[], ran: Ran) => Promise<readonly Found[]>;
  /** How many targets one `look` is asked about; default all that are open. */
  readonly targetsALook?: number;
}

export const FollowMinutes = z
  .int()
  .min(0)
  .max(24 * 60)
  .default(60)
  .describe('How long it is followed; 0 starts it and leaves it.');

/** Each is in the row of the job, with what was noted of it. */
export const FOLLOWED_MAX = 100;

const FIRST_LOOK_MS = seconds(30);
const NEXT_LOOK_MS = minutes(1);

const Checkpoint = z.object({
  run: z.int(),
  noted: z.record(z.string(), z.string()),
  /** Null until it is started. */
  ranAtMs: z.int().nullable(),
  /** When a retry began to look again. */
  lookedFromMs: z.int().exactOptional(),
  open: z.array(z.string()),
  /** How many of these the look that is under way has asked about: the first ones. */
  asked: z.int().default(0),
  failed: z.int(),
  parts: z.int(),
});
type Checkpoint = z.output<typeof Checkpoint>;

export async function followRun(context: JobContext, run: FollowedRun): Promise<JobEnd> {
  let at = begin(context, run);
  if (at.ranAtMs === null) {
    at = await start(context, run, at);
    if (at.ranAtMs === null) return { status: 'succeeded', summary: `would start ${run.what}` };
    if (at.open.length > 0) context.comeBackAt(at.ranAtMs + FIRST_LOOK_MS);
  }
  at = await lookAtAll(context, run, at);
  const untilMs = (at.lookedFromMs ?? at.ranAtMs ?? 0) + minutes(run.followMinutes);
  if (at.open.length > 0 && context.nowMs() < untilMs) {
    context.comeBackAt(Math.min(context.nowMs() + NEXT_LOOK_MS, untilMs));
  }
  return endOf(run, at);
}

function begin(context: JobContext, { targets, followMinutes }: FollowedRun): Checkpoint {
  const { checkpoint, run } = context;
  const stored = parseCheckpoint(Checkpoint, checkpoint);
  if (stored?.run === run) return stored;
  const open = followMinutes === 0 ? [] : [...new Set(targets)];
  const anew = { run, open, asked: 0, failed: 0, parts: 0 };
  if (typeof stored?.ranAtMs !== 'number') return { ...anew, noted: {}, ranAtMs: null };
  const { noted, ranAtMs } = stored;
  const again = { ...anew, noted, ranAtMs, lookedFromMs: context.nowMs() };
  context.checkpointAt(again);
  return again;
}

async function start(
  context: JobContext,
  { call, noteOf, readAnswer }: FollowedRun,
  begun: Checkpoint,
): Promise<Checkpoint> {
  let { noted } = begun;
  for (const target of noteOf ? begun.open : []) {
    if (noted[target] !== undefined) continue;
    noted = { ...noted, [target]: (await noteOf?.(target)) ?? '' };
    context.checkpointAt({ ...begun, noted });
  }
  const ranAtMs = context.nowMs();
  const { from, body } = await context.call(call);
  if (from === 'observed') return begun;
  const ran = { ...begun, noted: { ...noted, ...readAnswer?.(body) }, ranAtMs };
  context.checkpointAt(ran);
  return ran;
}

async function lookAtAll(
  context: JobContext,
  run: FollowedRun,
  begun: Checkpoint,
): Promise<Checkpoint> {
  if (begun.open.length === 0) return begun;
  let at = begun;
  while (at.asked < at.open.length) at = await lookAtNext(context, run, at);
  return keep(context, run, { ...at, asked: 0 });
}

async function lookAtNext(
  context: JobContext,
  run: FollowedRun,
  at: Checkpoint,
): Promise<Checkpoint> {
  const { look, targetsALook = at.open.length } = run;
  const next = at.open.slice(at.asked, at.asked + targetsALook);
  const found = await look(next, { noted: at.noted, ranAtMs: at.ranAtMs ?? 0 });
  const over = new Set(found.map(({ target }) => target));
  const asked = at.asked + next.filter((target) => !over.has(target)).length;
  if (found.length === 0) return keep(context, run, { ...at, asked });
  const rows = found.map(({ row }) => row);
  await context.putPart(at.parts, rows);
  const open = at.open.filter((target) => !over.has(target));
  const failed = at.failed + found.filter(({ ok }) => !ok).length;
  return keep(context, run, { ...at, open, asked, failed, parts: at.parts + 1 });
}

function keep(context: JobContext, { targets, thing }: FollowedRun, at: Checkpoint): Checkpoint {
  const total = new Set(targets).size;
  context.checkpointAt(at, { done: total - at.open.length, total, unit: `${thing}s` });
  return at;
}

function endOf({ what, thing, targets, followMinutes }: FollowedRun, at: Checkpoint): JobEnd {
  if (followMinutes === 0 || targets.length === 0) {
    return { status: 'succeeded', summary: `started ${what}; it was not followed` };
  }
  const silent = at.open.length;
  const well = new Set(targets).size - silent - at.failed;
  const summary = [
    `started ${what}: over on ${count(well, thing)}`,
    ...(at.failed > 0 ? [`failed on ${at.failed}`] : []),
    ...(silent > 0 ? [`not heard of within ${followMinutes} minutes on ${silent}`] : []),
  ].join(', ');
  const status = at.failed + silent === 0 ? 'succeeded' : 'partial';
  return { status, summary, ...(at.parts > 0 ? { parts: at.parts } : {}) };
}
