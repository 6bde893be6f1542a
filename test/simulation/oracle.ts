/**
 * Watches a history and says which promise it breaks, as soon as it does. Knows what was promised and
 * nothing of how it is kept.
 */
export const invariants = {
  window: 'no window of a budget holds more calls than it allows, counted at the vendor',
  permit: 'every request on the wire holds a permit of its own for each budget it falls under',
  outcome: 'every accepted job ends in an outcome',
  waiting: 'no job is parked that was never tried',
  once: 'a write that may not be repeated is made at most once',
  truth: 'what a job says it did is what the vendor shows, and it says no more than it did',
  patience: 'no function waits in place for more than two seconds',
  spin: 'no message is received more than five times within a second',
  block: 'nobody is given a permit of a budget that a 429 stopped, for as long as it said',
  key: 'an idempotency key stands for one body',
  attempts: 'an attempt is a request that reached the vendor and was not refused as one too many',
  credential: 'no job fails for a credential while there is a good one to be had',
  secret: 'no credential or token is in a row, an event, a result or a log',
  dead: 'no message of a job is dead-lettered, no other one is lost, and none is left behind',
  answer: 'a worker answers its batch and never throws',
} as const;
export type Invariant = keyof typeof invariants;

export interface Violation {
  readonly invariant: Invariant;
  readonly atMs: number;
  readonly what: string;
}

export interface Oracle {
  readonly violation: Violation | undefined;
  /** When requests of ours were counted, in order. */
  readonly countsMs: ReadonlyMap<string, readonly number[]>;
  /** Keeps the first. */
  accuse(invariant: Invariant, what: string): void;
  /** A request of ours was counted at the vendor. */
  counted(budget: string): void;
}

export interface Limits {
  readonly requests: number;
  readonly windowMs: number;
}

export function createOracle(
  nowMs: () => number,
  /** What a window may hold that began at that instant and ends now. */
  limitSince: (budget: string, fromMs: number) => Limits,
): Oracle {
  let violation: Violation | undefined;
  const countsMs = new Map<string, number[]>();
  const accuse = (invariant: Invariant, what: string): void => {
    violation ??= { invariant, atMs: nowMs(), what };
  };
  return {
    get violation() {
      return violation;
    },
    countsMs,
    accuse,
    counted(budget) {
      const { windowMs } = limitSince(budget, nowMs());
      const { requests } = limitSince(budget, nowMs() - windowMs);
      const counts = countsMs.get(budget) ?? [];
      countsMs.set(budget, counts);
      counts.push(nowMs());
      const opensAtMs = counts.at(-1 - requests);
      if (opensAtMs === undefined) return;
      const spanMs = nowMs() - opensAtMs;
      if (spanMs < windowMs) {
        accuse('window', `${requests + 1} calls of ${budget} within ${spanMs} ms of ${windowMs}`);
      }
    },
  };
}
