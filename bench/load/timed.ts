/** Requests with the time that each took. */

export interface Timed<T> {
  readonly value: T;
  readonly elapsedMs: number;
}

export async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const fromMs = performance.now();
  const value = await work();
  return { value, elapsedMs: performance.now() - fromMs };
}

/** Does `count` pieces of work, at most `atOnce` side by side, in order of their number. */
export async function sideBySide<T>(
  count: number,
  atOnce: number,
  work: (index: number) => Promise<T>,
): Promise<T[]> {
  const done: T[] = [];
  let next = 0;
  const run = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) done[index] = await work(index);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, run));
  return done;
}

/** The least value that `share` of all do not exceed (nearest rank). 0 for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0);
}
