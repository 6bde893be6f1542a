import type { Clock } from '../../shared/kernel/clock.ts';

export interface LeapingClock extends Clock {
  /** Stays where it is if that is behind. */
  leapTo(atMs: number): void;
}

const START_MS = Date.UTC(2026, 2, 1, 2);

/**
 * A clock on which a sleep is over at once and has taken exactly its time. For one worker at a time
 * on real sockets: what the network takes is nothing, what waiting takes is counted.
 */
export function createLeapingClock(startMs = START_MS): LeapingClock {
  let nowMs = startMs;
  const leapTo = (atMs: number): void => {
    nowMs = Math.max(nowMs, Math.ceil(atMs));
  };
  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs - startMs,
    sleep: async (durationMs) => leapTo(nowMs + durationMs),
    leapTo,
  };
}
