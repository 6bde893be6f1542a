import type { Clock } from '../../../shared/kernel/clock.ts';

export interface ManualClock extends Clock {
  advance(durationMs: number): void;
}

/** A clock that moves only when told to. */
export function createManualClock(startMs = Date.UTC(2026, 0, 15, 12)): ManualClock {
  let atMs = startMs;
  return {
    nowMs: () => atMs,
    monotonicMs: () => atMs - startMs,
    sleep: async (durationMs) => {
      atMs += durationMs;
    },
    advance: (durationMs) => {
      atMs += durationMs;
    },
  };
}
