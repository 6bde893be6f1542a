/** The course of a scenario in real time: places jobs, kills and restarts at their instants, waits. */
import { type Clock, systemClock } from '../../../shared/kernel/clock.ts';
import { callsOf, isAccepted, type LoggedArrival } from '../calls-of.ts';
import type { CountedCall, PlacedJob } from '../run-facts.ts';
import type { JobWish, Scenario } from '../scenarios.ts';
import { WINDOW_MS } from './window.ts';

export interface Course {
  readonly scenario: Scenario;
  readonly simulator: { readonly arrivals: readonly LoggedArrival[] };
  readonly device: number;
  readonly place: (wish: JobWish, key: string) => void | Promise<void>;
  readonly stopStore: () => void | Promise<void>;
  readonly startStore: () => void | Promise<void>;
  /** Default: the system's. */
  readonly clock?: Pick<Clock, 'nowMs' | 'sleep'>;
}

export interface CourseRun {
  readonly jobs: readonly PlacedJob[];
  readonly calls: readonly CountedCall[];
}

const LOOK_EVERY_MS = 100;

/**
 * Resolves once every job's call was accepted, or the scenario's time is over: whoever takes long to
 * place its jobs has no more of it than the others.
 */
export async function drive(course: Course): Promise<CourseRun> {
  const { scenario, simulator, device, clock = systemClock } = course;
  const startedAtMs = clock.nowMs();
  const at = (windows: number): Promise<void> =>
    clock.sleep(startedAtMs + windows * WINDOW_MS - clock.nowMs());
  const jobs: PlacedJob[] = [];
  const wishes = scenario.jobs('real');
  const outage = runOutage(course, at);
  for (const [index, wish] of wishes.entries()) {
    if (wish.atWindows > 0) await at(wish.atWindows);
    const key = `bench-${index}`;
    jobs.push({ key, tenant: wish.tenant, urgent: wish.urgent, placedAtMs: clock.nowMs() });
    await course.place(wish, key);
  }
  const endsAtMs = startedAtMs + scenario.endsAfterWindows.real * WINDOW_MS;
  const calls = () => callsOf(simulator.arrivals, jobs, device);
  const isOver = (): boolean => {
    const accepted = calls().filter(({ status }) => isAccepted(status));
    const urgent = jobs.find((job) => job.urgent);
    if (urgent) return accepted.some(({ key }) => key === urgent.key);
    return new Set(accepted.map(({ key }) => key)).size >= jobs.length;
  };
  while (!isOver() && clock.nowMs() < endsAtMs) await clock.sleep(LOOK_EVERY_MS);
  await outage;
  return { jobs, calls: calls() };
}

async function runOutage(
  { scenario: { storeDown }, stopStore, startStore }: Course,
  at: (windows: number) => Promise<void>,
): Promise<void> {
  if (storeDown === undefined) return;
  await at(storeDown.fromWindows);
  await stopStore();
  await at(storeDown.toWindows);
  await startStore();
}

/**
 * Tells `kill` at the scenario's instants, always when a call was counted and its answer is still on
 * the way: the moment at which most is at stake.
 */
export function createRealKills(
  { kills }: Scenario,
  kill: () => void,
  clock: Pick<Clock, 'nowMs'> = systemClock,
) {
  const startedAtMs = clock.nowMs();
  let killed = 0;
  return {
    onCounted(): void {
      if (kills === undefined || killed >= kills.times.real) return;
      if (clock.nowMs() - startedAtMs < (killed + 1) * kills.everyWindows * WINDOW_MS) return;
      killed += 1;
      kill();
    },
    count: (): number => killed,
  };
}
