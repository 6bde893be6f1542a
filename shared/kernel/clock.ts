/**
 * Time as a port, so that the same code runs on the wall clock and in virtual time.
 *
 * `nowMs` is UTC epoch milliseconds and may step. `monotonicMs` never goes back and has no meaning
 * beyond differences inside one process; deadlines inside one invocation are checked on both.
 */
export interface Clock {
  nowMs(): number;
  monotonicMs(): number;
  /** Resolves once `durationMs` has passed; at once for zero or less. */
  sleep(durationMs: number): Promise<void>;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (durationMs) =>
    durationMs <= 0
      ? Promise.resolve()
      : new Promise((resolve) => {
          setTimeout(resolve, Math.ceil(durationMs));
        }),
};

/** ISO 8601 in UTC with milliseconds, the only spelling of an instant in rows, events and answers. */
export const isoInstant = (atMs: number): string => new Date(atMs).toISOString();
