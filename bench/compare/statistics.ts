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
 * Of the calls that were one too many, by how much the earliest should have come later; undefined
 * where none was. A share alone makes a millisecond of jitter and a whole burst the same.
 */
export function earliestByMs(
  stampsMs: readonly number[],
  limit: number,
  windowMs: number,
): number | undefined {
  const sorted = [...stampsMs].sort((a, b) => a - b);
  const gapsMs = sorted.slice(limit).map((atMs, index) => atMs - (sorted[index] ?? atMs));
  const leastMs = Math.min(windowMs, ...gapsMs);
  return leastMs < windowMs ? windowMs - leastMs : undefined;
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

/** At each stamp, how many stamps the half-open window that ends with it holds, itself included. */
export function trailingCounts(stampsMs: readonly number[], windowMs: number): number[] {
  const sorted = [...stampsMs].sort((a, b) => a - b);
  let from = 0;
  return sorted.map((atMs, index) => {
    while (atMs - (sorted[from] ?? atMs) >= windowMs) from += 1;
    return index - from + 1;
  });
}
