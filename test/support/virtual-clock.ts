/**
 * A clock that stands still until a test moves it, so that hours pass in milliseconds.
 *
 * Guarantees: timers fire in order of their instant, equal ones in the order they were set, each at
 * exactly its instant, which is a whole millisecond, as on the system's clock; before time moves on,
 * every promise chain that can run has run. Code that waits for real input or output needs more
 * `drainRounds` (turns of the event loop).
 */
import { setImmediate } from 'node:timers/promises';
import { createInstantHeap } from '../../local/emulators/sqs/instant-heap.ts';
import type { Timers } from '../../local/emulators/sqs/timers.ts';
import type { Clock } from '../../shared/kernel/clock.ts';

export interface VirtualClock extends Clock, Timers {
  /** Timers that have not fired. */
  readonly pendingTimers: number;
  advanceTo(atMs: number): Promise<void>;
  advanceBy(durationMs: number): Promise<void>;
  /** Moves from timer to timer until `condition` holds; throws at `limitMs` or without a timer. */
  runUntil(condition: () => boolean, limitMs?: number): Promise<void>;
}

export interface VirtualClockOptions {
  readonly startMs?: number;
  readonly drainRounds?: number;
}

const START_MS = Date.UTC(2026, 0, 1);
const LIMIT_MS = 30 * 24 * 3_600_000;

export function createVirtualClock(options: VirtualClockOptions = {}): VirtualClock {
  const { startMs = START_MS, drainRounds = 1 } = options;
  const timers = createInstantHeap<() => void>();
  let nowMs = startMs;

  const drain = async (): Promise<void> => {
    for (let round = 0; round < drainRounds; round += 1) await setImmediate();
  };
  /** Fires the next timer if it is due by `untilMs`. */
  const fireNext = async (untilMs: number): Promise<boolean> => {
    const next = timers.first();
    if (next === undefined || next.atMs > untilMs) return false;
    timers.remove(next);
    nowMs = Math.max(nowMs, next.atMs);
    next.item();
    await drain();
    return true;
  };
  const advanceTo = async (atMs: number): Promise<void> => {
    await drain();
    while (await fireNext(atMs));
    nowMs = Math.max(nowMs, atMs);
  };
  const setTimer = (atMs: number, run: () => void): (() => void) => {
    const entry = timers.add(run, Math.ceil(atMs));
    return () => timers.remove(entry);
  };

  return {
    get pendingTimers() {
      return timers.size;
    },
    nowMs: () => nowMs,
    monotonicMs: () => nowMs - startMs,
    sleep: (durationMs) =>
      durationMs <= 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            setTimer(nowMs + durationMs, resolve);
          }),
    setTimer,
    advanceTo,
    advanceBy: (durationMs) => advanceTo(nowMs + durationMs),
    async runUntil(condition, limitMs = LIMIT_MS) {
      const deadlineMs = nowMs + limitMs;
      await drain();
      while (!condition()) {
        if (await fireNext(deadlineMs)) continue;
        const why = timers.size === 0 ? 'no timer is left' : `${limitMs} ms have passed`;
        throw new Error(`the condition does not hold and ${why}`);
      }
    },
  };
}
