/**
 * What became of each item of a fixed list (devices, chunks of devices), as it is kept in a job's
 * checkpoint. Pure. Items are named by their place in the list. A retry of the job does again what
 * failed, what is uncertain and what was not reached, and nothing else.
 */
import * as z from 'zod';
import { type ErrorCode, isErrorCode } from '../errors/codes.ts';
import { ProviderError } from '../errors/provider-error.ts';
import { ItemRuns, itemsOf, toRuns } from './item-runs.ts';

/** Failures that tell the same story are one group, so that thousands of them fit into a row. */
const FailureGroup = z.object({
  code: z.custom<ErrorCode>((code) => typeof code === 'string' && isErrorCode(code)),
  problem: z.string(),
  status: z.int().exactOptional(),
  requestId: z.string().exactOptional(),
  items: z.array(z.int()),
});
export type FailureGroup = z.output<typeof FailureGroup>;

export const WorkList = z.object({
  /** The run of the job that this list belongs to. */
  run: z.int(),
  /** The items of this run, in order. */
  queue: ItemRuns,
  /** How many items of the queue are behind. */
  behind: z.int(),
  failed: z.array(FailureGroup),
  uncertain: z.array(z.int()),
});
export type WorkList = z.output<typeof WorkList>;

const GROUPS_MAX = 20;

export function resumeWork(stored: WorkList | undefined, run: number, items: number): WorkList {
  if (stored?.run === run) return stored;
  return beginWork(run, stored ? unfinished(stored) : Array.from({ length: items }).keys());
}

/** A run in which nothing is behind. */
export const beginWork = (run: number, items: Iterable<number>): WorkList => ({
  run,
  queue: toRuns(items),
  behind: 0,
  failed: [],
  uncertain: [],
});

const unfinished = (work: WorkList): number[] => [
  ...failedItems(work),
  ...work.uncertain,
  ...itemsAhead(work),
];

export const itemsAhead = ({ queue, behind }: WorkList): readonly number[] =>
  itemsOf(queue).slice(behind);

export const failedItems = ({ failed }: WorkList): readonly number[] =>
  failed.flatMap(({ items }) => items);

/** The next item went well. */
export const withDone = (work: WorkList): WorkList => ({ ...work, behind: work.behind + 1 });

/** The next item may or may not have been done. */
export const withUncertain = (work: WorkList, item: number): WorkList => ({
  ...withDone(work),
  uncertain: [...work.uncertain, item],
});

/** The next item was refused. */
export function withFailed(work: WorkList, item: number, error: ProviderError): WorkList {
  const group = groupOf(error);
  const same = work.failed.findIndex(
    ({ code, problem }) => code === group.code && problem === group.problem,
  );
  // Beyond the most groups a story of its own is given up, the item is not.
  const place = same < 0 && work.failed.length >= GROUPS_MAX ? GROUPS_MAX - 1 : same;
  const failed =
    place < 0
      ? [...work.failed, { ...group, items: [item] }]
      : work.failed.map((it, at) => (at === place ? { ...it, items: [...it.items, item] } : it));
  return { ...withDone(work), failed };
}

const groupOf = ({ code, message, status, requestId }: ProviderError) => ({
  code,
  problem: message,
  ...(status === undefined ? {} : { status }),
  ...(requestId === undefined ? {} : { requestId }),
});

/** The error of a job of whose items none went well; undefined where any did, or there were none. */
export function findTotalFailure(work: WorkList, items: number): ProviderError | undefined {
  const [first] = work.failed;
  if (items > 0 && work.uncertain.length === items) {
    const what = items === 1 ? 'the call was' : `all ${items} calls were`;
    return new ProviderError(
      'provider.no-answer',
      `${what} sent without a useful answer: each may or may not have taken effect`,
    );
  }
  if (!first || failedItems(work).length < items) return undefined;
  const { code, problem, items: _items, ...details } = first;
  const others = work.failed.length > 1 ? `, and ${work.failed.length - 1} other reasons` : '';
  return new ProviderError(code, `${problem}${others}`, details);
}
