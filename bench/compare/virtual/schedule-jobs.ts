import type { Timers } from '../../../local/emulators/sqs/timers.ts';
import type { JobWish, Scenario } from '../scenarios.ts';
import { WINDOW_MS } from './window.ts';

/** Places each job of the scenario at its instant; those of the start in order, one after another. */
export async function scheduleJobs(
  scenario: Scenario,
  timers: Timers,
  place: (wish: JobWish, index: number) => void | Promise<void>,
): Promise<void> {
  const startedAtMs = timers.nowMs();
  for (const [index, wish] of scenario.jobs('virtual').entries()) {
    if (wish.atWindows === 0) await place(wish, index);
    else timers.setTimer(startedAtMs + wish.atWindows * WINDOW_MS, () => void place(wish, index));
  }
}

/** Tells when the scenario's store goes down and when it is back. */
export function scheduleOutage(
  { storeDown }: Scenario,
  timers: Timers,
  tell: (isDown: boolean) => void,
): void {
  if (storeDown === undefined) return;
  const nowMs = timers.nowMs();
  timers.setTimer(nowMs + storeDown.fromWindows * WINDOW_MS, () => tell(true));
  timers.setTimer(nowMs + storeDown.toWindows * WINDOW_MS, () => tell(false));
}
