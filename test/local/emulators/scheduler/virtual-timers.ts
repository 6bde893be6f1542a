import type { Timers } from '../../../../local/emulators/sqs/timers.ts';

export interface VirtualTimers extends Timers {
  /** Runs what falls due up to `atMs`, each at its own instant, letting promises settle between. */
  advanceTo(atMs: number): Promise<void>;
  /** As a process that was suspended: what fell due meanwhile runs late, at `atMs`. */
  oversleepTo(atMs: number): Promise<void>;
  waiting(): number;
}

export function createVirtualTimers(startMs: number): VirtualTimers {
  let nowMs = startMs;
  const waiting = new Set<{ readonly atMs: number; readonly run: () => void }>();
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const advanceTo = async (atMs: number): Promise<void> => {
    for (;;) {
      const [next] = [...waiting].sort((a, b) => a.atMs - b.atMs);
      if (next === undefined || next.atMs > atMs) break;
      waiting.delete(next);
      nowMs = Math.max(nowMs, next.atMs);
      next.run();
      await settle();
    }
    nowMs = atMs;
  };
  return {
    nowMs: () => nowMs,
    waiting: () => waiting.size,
    setTimer: (atMs, run) => {
      const timer = { atMs, run };
      waiting.add(timer);
      return () => waiting.delete(timer);
    },
    advanceTo,
    oversleepTo: (atMs) => {
      nowMs = atMs;
      return advanceTo(atMs);
    },
  };
}
