/** The end of a job that brings computers somewhere: a row for each, and a sentence. */
import { count } from '../../../jobs/count.ts';
import { countItems, itemsOf } from '../../../jobs/item-runs.ts';
import type { JobContext, JobEnd } from '../../../jobs/job-type.ts';
import { failedItems, findTotalFailure } from '../../../jobs/work-list.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import type { Target } from './computer-targets.ts';
import type { Convergence } from './convergence.ts';

export interface Wording {
  /** `isolated`: what was done, and the outcome of a row. */
  readonly did: string;
  /** `isolate`: what an observing job would do. */
  readonly would: string;
  /** Whether what is pending is a success: nobody wanted to follow it. */
  readonly pendingIsFine: boolean;
}

/** Throws the error of a job of whose computers none went well. */
export async function endOfConvergence(
  context: JobContext,
  targets: readonly Target[],
  at: Convergence,
  wording: Wording,
): Promise<JobEnd> {
  const failure = findTotalFailure(at.work, targets.length);
  if (failure) throw failure;
  const { did, would, pendingIsFine } = wording;
  const verb = context.observing ? `would ${would}` : did;
  const done = context.observing ? `would-${would}` : did;
  const { failed, uncertain } = at.work;
  const outcomes = new Map<number, JsonObject>([
    ...itemsOf(at.arrived).map((item) => [item, { outcome: done }] as const),
    ...itemsOf(at.spared).map((item) => [item, { outcome: `already-${did}` }] as const),
    ...itemsOf(at.pending).map((item) => [item, { outcome: 'pending' }] as const),
    ...uncertain.map((item) => [item, { outcome: 'uncertain' }] as const),
    ...failed.flatMap(({ items, code, problem }) =>
      items.map((item) => [item, { outcome: 'failed', code, problem }] as const),
    ),
  ]);
  const rows = targets.map(({ guid, hostname = null }, item) => ({
    connectorGuid: guid,
    hostname,
    ...outcomes.get(item),
  }));
  await context.putPart(0, rows);
  const refused = failedItems(at.work).length;
  const summary = [
    `${verb} ${count(countItems(at.arrived), 'computer')}`,
    ...(at.spared.length > 0 ? [`${countItems(at.spared)} ${did} already`] : []),
    ...(at.pending.length > 0 ? [`${countItems(at.pending)} pending`] : []),
    ...(refused > 0 ? [`${refused} failed`] : []),
    ...(uncertain.length > 0 ? [`${uncertain.length} uncertain`] : []),
  ].join(', ');
  const complete = refused + uncertain.length === 0 && (pendingIsFine || at.pending.length === 0);
  return { status: complete ? 'succeeded' : 'partial', summary, parts: 1 };
}
