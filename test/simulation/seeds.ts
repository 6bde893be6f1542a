import { describe, it } from 'vitest';
import { drawPlan } from './draw-plan.ts';
import { explain } from './report.ts';
import { runPlan } from './run-plan.ts';

const SEEDS_A_TEST = 25;
/** Nothing is timed: a machine that is busy with other things is no failure. */
const TIMEOUT_MS = 120_000;

/** Plays `count` seeds from `first` on; a broken one tells its shortest history. */
export function describeSeeds(first: number, count: number): void {
  describe('S17 Sluice in a world where things go wrong', () => {
    for (let from = first; from < first + count; from += SEEDS_A_TEST) {
      const last = Math.min(from + SEEDS_A_TEST, first + count) - 1;
      it(
        `breaks no promise in the histories of seeds ${from} to ${last}`,
        async () => {
          for (let seed = from; seed <= last; seed += 1) {
            const history = await runPlan(drawPlan(seed));
            if (history.violation) throw new Error(await explain(history));
          }
        },
        TIMEOUT_MS,
      );
    }
  });
}
