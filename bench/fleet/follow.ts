/** Watches the jobs until each has an outcome, telling on stderr how far they are. */
import type { JobView } from '../../shared/jobs/describe-job.ts';
import { isFinished } from '../../shared/jobs/states.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { seconds } from '../../shared/kernel/duration.ts';
import { getJob } from '../http-jobs.ts';
import type { FleetJob } from './fleet-jobs.ts';

export interface SentJob {
  readonly id: string;
  readonly planned: FleetJob;
}

export interface SeenJob {
  readonly planned: FleetJob;
  readonly view: JobView;
}

/** Rarely, so that looking does not slow down what is measured. */
const LOOK_EVERY_MS = seconds(5);
const TELL_EVERY_LOOKS = 6;

/** The jobs as they are at the end, or once the time is over. */
export async function follow(
  url: string,
  sent: readonly SentJob[],
  timeoutMs: number,
  onLook: () => Promise<void>,
): Promise<readonly SeenJob[]> {
  const startedAtMs = Date.now();
  for (let looks = 1; ; looks += 1) {
    await systemClock.sleep(LOOK_EVERY_MS);
    await onLook();
    const seen = await Promise.all(
      sent.map(async ({ id, planned }) => ({ planned, view: await getJob(url, id) })),
    );
    const tookMs = Date.now() - startedAtMs;
    const over = seen.every(({ view }) => isFinished(view.status)) || tookMs > timeoutMs;
    if (over || looks % TELL_EVERY_LOOKS === 0) console.error(describeProgress(tookMs, seen));
    if (over) return seen;
  }
}

function describeProgress(tookMs: number, seen: readonly SeenJob[]): string {
  const told = seen.map(({ planned, view: { status, progress } }) => {
    const total = progress?.total === undefined ? '' : ` of ${progress.total}`;
    const reached = progress ? ` ${progress.done}${total} ${progress.unit}` : '';
    return `${planned.label}: ${isFinished(status) ? status : reached.trim() || status}`;
  });
  return `${(tookMs / 1_000).toFixed(0).padStart(4)} s  ${told.join(' · ')}`;
}
