/** Cuts a plan down to the shortest one that still breaks the same promise. */
import type { Invariant } from './oracle.ts';
import type { Plan } from './plan.ts';
import { type History, runPlan } from './run-plan.ts';

/** Plays at most so many plans: each is a few hundredths of a second. */
const PLAYS_MAX = 400;

export async function shrink(broken: History): Promise<History> {
  const invariant = broken.violation?.invariant;
  if (invariant === undefined) return broken;
  let best = broken;
  let playsLeft = PLAYS_MAX;
  const stillBreaks = async (plan: Plan): Promise<boolean> => {
    if (playsLeft === 0) return false;
    playsLeft -= 1;
    const history = await runPlan(plan);
    if (history.violation?.invariant !== invariant) return false;
    best = history;
    return true;
  };
  for (let before = sizeOf(best.plan) + 1; sizeOf(best.plan) < before; ) {
    before = sizeOf(best.plan);
    await shrinkList(
      () => best.plan.faults,
      (faults) => stillBreaks({ ...best.plan, faults }),
    );
    await shrinkList(
      () => best.plan.work,
      (work) => stillBreaks({ ...best.plan, work }),
    );
  }
  return best;
}

export const sizeOf = ({ work, faults }: Plan): number => work.length + faults.length;

/** Takes away ever smaller runs of items, for as long as it still breaks. */
async function shrinkList<T>(
  present: () => readonly T[],
  breaksWith: (items: readonly T[]) => Promise<boolean>,
): Promise<void> {
  for (let run = present().length; run >= 1; run = Math.floor(run / 2)) {
    for (let from = 0; from < present().length; ) {
      const items = present();
      const without = [...items.slice(0, from), ...items.slice(from + run)];
      if (!(await breaksWith(without))) from += run;
    }
  }
}

export const describeViolation = ({ violation, plan }: History, promises: Promises): string =>
  violation === undefined
    ? `seed ${plan.seed}: nothing was broken`
    : `seed ${plan.seed}: "${promises[violation.invariant]}" (${violation.invariant}) was broken ` +
      `after ${(violation.atMs / 1_000).toFixed(3)} s: ${violation.what}`;

type Promises = Readonly<Record<Invariant, string>>;
