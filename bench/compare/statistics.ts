/** What is computed of counted calls and waits. Pure. */
import { sum } from '../../shared/kernel/sum.ts';

/** The nearest-rank percentile; undefined of nothing. */
export function percentile(values: readonly number[], percent: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}

export const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : sum(values) / values.length;

/**
 * The share of calls that were one too many: those at whose count a half-open window of `windowMs`
 * held more than `limit`.
 */
export function violatingShare(
  stampsMs: readonly number[],
  limit: number,
  windowMs: number,
): number {
  const sorted = [...stampsMs].sort((a, b) => a - b);
  const violating = sorted.filter((atMs, index) => {
    const before = sorted[index - limit];
    return before !== undefined && atMs - before < windowMs;
  });
  return sorted.length === 0 ? 0 : violating.length / sorted.length;
}

/**
 * The rate at which a backlog was worked off as a share of the allowed one: how soon after the first
 * call the first of the last `limit` could have come, by how soon it came. Undefined where the calls
 * fit into one window, which says nothing about a rate.
 */
export function utilization(
  stampsMs: readonly number[],
  limit: number,
  windowMs: number,
): number | undefined {
  const sorted = [...stampsMs].sort((a, b) => a - b);
  const first = sorted[0];
  const last = sorted[sorted.length - limit];
  if (first === undefined || last === undefined || sorted.length <= limit) return undefined;
  const leastMs = Math.floor((sorted.length - limit) / limit) * windowMs;
  return last === first ? undefined : leastMs / (last - first);
}

/** Jain's index of fairness: 1 where all have the same, 1/n where one has all. */
export function jainIndex(shares: readonly number[]): number | undefined {
  const squares = sum(shares.map((share) => share * share));
  return squares === 0 ? undefined : sum(shares) ** 2 / (shares.length * squares);
}

/** How many of the stamps each window from the first stamp on holds. */
export function perWindow(stampsMs: readonly number[], windowMs: number): number[] {
  const firstMs = stampsMs.reduce((first, atMs) => Math.min(first, atMs), Infinity);
  const counts: number[] = [];
  for (const atMs of stampsMs) {
    const index = Math.floor((atMs - firstMs) / windowMs);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return Array.from(counts, (count) => count ?? 0);
}
