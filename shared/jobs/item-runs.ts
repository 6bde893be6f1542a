/**
 * A set of items by their place in a list, as a checkpoint keeps it: in order, neighbours as one run.
 * A job writes its checkpoint at every call; so written, that of a job that goes well is as short for
 * thousands of items as for one. Pure.
 */
import * as z from 'zod';

/** One item, or the first and the last of a run. */
const Run = z.union([z.int(), z.tuple([z.int(), z.int()])]);
type Run = z.output<typeof Run>;

export const ItemRuns = z.array(Run);
export type ItemRuns = readonly Run[];

const endsOf = (run: Run): readonly [number, number] =>
  typeof run === 'number' ? [run, run] : run;

export const itemsOf = (runs: ItemRuns): number[] =>
  runs.flatMap((run) => {
    const [first, last] = endsOf(run);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });

export const countItems = (runs: ItemRuns): number =>
  runs.map(endsOf).reduce((sum, [first, last]) => sum + last - first + 1, 0);

/** In any order; an item that is named twice is there once. */
export function toRuns(items: Iterable<number>): Run[] {
  const runs: Run[] = [];
  for (const item of [...new Set(items)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last === undefined) runs.push(item);
    else runs.splice(-1, 1, ...joined(last, item));
  }
  return runs;
}

export function withItem(runs: ItemRuns, item: number): Run[] {
  const last = runs.at(-1);
  if (last === undefined) return [item];
  // Items mostly come in order.
  if (endsOf(last)[1] < item) return [...runs.slice(0, -1), ...joined(last, item)];
  return toRuns([...itemsOf(runs), item]);
}

/** `item` is behind `run`. */
function joined(run: Run, item: number): Run[] {
  const [first, last] = endsOf(run);
  return last + 1 === item ? [[first, item]] : [run, item];
}
