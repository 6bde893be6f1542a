/** A clock that stands still until it is told to move; sleepers wake in the order of their times. */
import type { Clock } from '../../../shared/kernel/clock.ts';

export interface VirtualClock extends Clock {
  /** Moves on, stopping at each sleeper on the way so that it runs at its own time. */
  advance(durationMs: number): Promise<void>;
}

export const STARTED_AT_MS = Date.UTC(2026, 2, 28, 15, 52, 47);

export function createVirtualClock(): VirtualClock {
  let nowMs = STARTED_AT_MS;
  let sleepers: { readonly wakeAtMs: number; readonly wake: () => void }[] = [];
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs - STARTED_AT_MS,
    sleep: (durationMs) =>
      durationMs <= 0
        ? Promise.resolve()
        : new Promise((wake) => {
            sleepers.push({ wakeAtMs: nowMs + durationMs, wake });
          }),
    async advance(durationMs) {
      const endMs = nowMs + durationMs;
      await settle();
      for (;;) {
        const [next] = sleepers
          .filter(({ wakeAtMs }) => wakeAtMs <= endMs)
          .sort((a, b) => a.wakeAtMs - b.wakeAtMs);
        if (next === undefined) break;
        sleepers = sleepers.filter((sleeper) => sleeper !== next);
        nowMs = next.wakeAtMs;
        next.wake();
        await settle();
      }
      nowMs = endMs;
      await settle();
    },
  };
}
