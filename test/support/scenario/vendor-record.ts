/** What the vendor simulator saw, as tests ask about it. */
import { fullestWindow } from '../../../local/simulators/frame/fullest-window.ts';
import type { Simulator } from '../../../local/simulators/frame/simulator.ts';

export const BATCH = 'POST /servers/batch';
export const POLICY_RUN = 'POST /policies/:id/action';

type Seen = Pick<Simulator, 'arrivals'>;

/** When requests of `operation` arrived, in milliseconds after the first of them. */
export function arrivalsMs({ arrivals }: Seen, operation: string): number[] {
  const instants = arrivals.filter((it) => it.operation === operation).map(({ atMs }) => atMs);
  return instants.map((atMs) => atMs - (instants[0] ?? 0));
}

/** The most requests of `operation` in any minute. */
export const fullestMinute = (simulator: Seen, operation: string): number =>
  fullestWindow(arrivalsMs(simulator, operation), 60_000);

/** How many things `operation` changed, and how many answers had `status`. */
export const effectsOf = ({ arrivals }: Seen, operation: string): number =>
  arrivals
    .filter((it) => it.operation === operation)
    .reduce((sum, { effects }) => sum + effects, 0);

export const answersOf = ({ arrivals }: Seen, status: number): number =>
  arrivals.filter((it) => it.status === status).length;
