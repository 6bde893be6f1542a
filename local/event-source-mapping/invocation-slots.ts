/**
 * How many invocations may run at once, now.
 *
 * A standard queue starts with 5 and may have 300 more with every minute; a failed or throttled
 * invocation halves what is in use, and growth starts again from there. Lambda publishes the start
 * and the growth, and of the back-off only that it is gradual.
 */
import type { Timers } from '../emulators/sqs/timers.ts';

export interface InvocationSlots {
  /** Resolves true with a slot taken, false when the signal ended the wait. */
  take(signal: AbortSignal): Promise<boolean>;
  release(): void;
  backOff(): void;
  /** The slots there are, taken or not. */
  limit(): number;
}

export interface SlotOptions {
  readonly timers: Timers;
  readonly initial: number;
  readonly ceiling: number;
  readonly growthPerMinute: number;
}

export function createInvocationSlots(options: SlotOptions): InvocationSlots {
  const { timers, initial, ceiling, growthPerMinute } = options;
  const growthIntervalMs = 60_000 / growthPerMinute;
  let base = Math.min(initial, ceiling);
  let baseAtMs = timers.nowMs();
  let inUse = 0;
  let wake = (): void => {};

  const grown = (): number => Math.floor((timers.nowMs() - baseAtMs) / growthIntervalMs);
  const limit = (): number => Math.min(ceiling, base + grown());
  const nextGrowthAtMs = (): number => baseAtMs + (grown() + 1) * growthIntervalMs;

  const waitForChange = async (signal: AbortSignal): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const changed = (): void => resolve();
    const cancel = limit() < ceiling ? timers.setTimer(nextGrowthAtMs(), changed) : () => {};
    wake = changed;
    signal.addEventListener('abort', changed, { once: true });
    await promise;
    cancel();
    signal.removeEventListener('abort', changed);
  };

  return {
    limit,
    async take(signal) {
      while (inUse >= limit() && !signal.aborted) await waitForChange(signal);
      if (signal.aborted) return false;
      inUse += 1;
      return true;
    },
    release() {
      inUse -= 1;
      wake();
    },
    backOff() {
      base = Math.max(1, Math.floor(Math.min(limit(), inUse) / 2));
      baseAtMs = timers.nowMs();
    },
  };
}
