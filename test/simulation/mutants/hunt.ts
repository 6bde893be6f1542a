/** Plays seeds until one breaks a promise, and tells which, in one line of JSON. */
import { drawPlan } from '../draw-plan.ts';
import type { Invariant } from '../oracle.ts';
import { runPlan } from '../run-plan.ts';

export interface Catch {
  readonly seeds: number;
  readonly invariant?: Invariant;
  readonly what?: string;
}

const seedsMax = Number(process.argv[2]);

async function hunt(): Promise<Catch> {
  for (let seed = 1; seed <= seedsMax; seed += 1) {
    const { violation } = await runPlan(drawPlan(seed));
    if (violation) return { seeds: seed, invariant: violation.invariant, what: violation.what };
  }
  return { seeds: seedsMax };
}

process.stdout.write(JSON.stringify(await hunt()));
