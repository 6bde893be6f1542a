/** How far a job has brought its computers, as its checkpoint keeps it. Pure. */
import * as z from 'zod';
import { ItemRuns, itemsOf, toRuns, withItem } from '../../../jobs/item-runs.ts';
import { beginWork, itemsAhead, WorkList } from '../../../jobs/work-list.ts';
import type { Target } from './computer-targets.ts';
import type { Standing } from './standing.ts';

/** Computers are named by their place in the list of targets. */
export const Convergence = z.object({
  phase: z.literal('converge'),
  run: z.int(),
  /** 0 is the first; each later one begins with a look at what was pending. */
  round: z.int(),
  /** When following ends; null until all were asked once. */
  untilMs: z.int().nullable(),
  /** Where the listing goes on that spares single looks; null where none is under way. */
  cursor: z.int().nullable(),
  /** Whether the listing of this round is over. */
  listed: z.boolean(),
  /** Computers that the last listing counted. */
  fleet: z.int().nullable(),
  /** Known to need the write. */
  open: ItemRuns,
  /** AMP was asked, or cannot be asked yet. */
  pending: ItemRuns,
  arrived: ItemRuns,
  /** Were as wanted before anything was done. */
  spared: ItemRuns,
  /** Whose write was begun: it is asked about before anything else. */
  writing: z.int().nullable(),
  /** The computers of this round, and of all rounds what failed. */
  work: WorkList,
});
export type Convergence = z.output<typeof Convergence>;

const start: Omit<Convergence, 'run' | 'work'> = {
  phase: 'converge',
  round: 0,
  untilMs: null,
  cursor: null,
  listed: false,
  fleet: null,
  open: [],
  pending: [],
  arrived: [],
  spared: [],
  writing: null,
};

/** What the selection saw of the targets counts as the look of the first round. */
export function beginConvergence(targets: readonly Target[], run: number): Convergence {
  const work = beginWork(run, targets.keys());
  const seen = targets.flatMap(({ standing }, item) =>
    standing === undefined ? [] : [[item, standing] as const],
  );
  return withSeen({ ...start, run, work }, new Map(seen));
}

/** A retry does not touch what is as wanted; all else is looked at anew. */
export function retryConvergence(former: Convergence, run: number): Convergence {
  const { arrived, spared, fleet, pending, work } = former;
  const { failed, uncertain } = work;
  const left = [...failed.flatMap(({ items }) => items), ...uncertain, ...itemsOf(pending)];
  const anew = beginWork(run, [...left, ...itemsAhead(work)]);
  return { ...start, run, fleet, arrived, spared, work: anew };
}

export const nextRound = (at: Convergence, untilMs: number): Convergence => ({
  ...at,
  ...{ round: at.round + 1, untilMs, cursor: null, listed: false, open: [], pending: [] },
  work: { ...at.work, queue: at.pending, behind: 0 },
});

/** Takes what was seen off the queue, but for what needs a write, or a closer look. */
export function withSeen(at: Convergence, seen: ReadonlyMap<number, Standing>): Convergence {
  const inQueue = (item: number): boolean => {
    const standing = seen.get(item);
    return standing === undefined || standing === 'open' || standing === 'impossible';
  };
  const work = { ...at.work, queue: toRuns(itemsOf(at.work.queue).filter(inQueue)) };
  return [...seen].reduce((next, [item, standing]) => withStanding(next, item, standing, false), {
    ...at,
    work,
  });
}

/** `wrote`: this very round asked AMP for it. */
export function withStanding(
  at: Convergence,
  item: number,
  standing: Standing,
  wrote: boolean,
): Convergence {
  switch (standing) {
    case 'there':
      return wrote || at.round > 0
        ? { ...at, arrived: withItem(at.arrived, item) }
        : { ...at, spared: withItem(at.spared, item) };
    case 'open':
      // Refused, and yet it could be asked for: the next round asks again.
      return wrote
        ? { ...at, pending: withItem(at.pending, item) }
        : { ...at, open: withItem(at.open, item) };
    case 'asked':
    case 'hindered':
      return { ...at, pending: withItem(at.pending, item) };
    case 'impossible':
      return at;
  }
}
