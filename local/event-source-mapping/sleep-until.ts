import type { Timers } from '../emulators/sqs/timers.ts';

/** Resolves at `atMs`, or at once when the signal is aborted. */
export async function sleepUntil(timers: Timers, atMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const wake = (): void => resolve();
  const cancel = timers.setTimer(atMs, wake);
  signal.addEventListener('abort', wake, { once: true });
  await promise;
  cancel();
  signal.removeEventListener('abort', wake);
}
