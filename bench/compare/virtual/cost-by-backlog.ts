/**
 * What a job costs while 100 to 1,000,000 others wait: with that many queued, some windows are worked
 * off, and what was billed in them is divided by the jobs that were served in them. One method for
 * every size: the smallest backlog is empty at the end, the others are hardly shorter.
 */
import { figuresOf } from '../figures.ts';
import type { RunFacts } from '../run-facts.ts';
import type { Scenario } from '../scenarios.ts';
import type { Pattern } from './pattern.ts';
import { runPattern } from './run-pattern.ts';
import { runSluice } from './sluice.ts';

export interface CostPoint {
  readonly row: string;
  readonly waiting: number;
  readonly served: number;
  readonly usdPerMillionJobs: number;
}

export const WINDOWS = 20;

/** Of a pattern's largest backlogs: it receives all of them, which takes time in simulation too. */
export const WINDOWS_OF_LARGE = 5;
export const LARGE = 100_000;

/** Sluice's jobs that have rows; its line is in order, and far fewer than these are reached. */
export const ROWS_MAX = 2_000;

export async function costOfSluice(waiting: number): Promise<CostPoint> {
  const rows = Math.min(waiting, ROWS_MAX);
  const backlog = backlogOf(rows, waiting, WINDOWS);
  return pointOf(waiting, await runSluice(backlog, waiting - rows));
}

export async function costOfPattern(pattern: Pattern, waiting: number): Promise<CostPoint> {
  const windows = waiting < LARGE ? WINDOWS : WINDOWS_OF_LARGE;
  return pointOf(waiting, await runPattern(pattern, backlogOf(waiting, waiting, windows)));
}

const backlogOf = (count: number, waiting: number, windows: number): Scenario => ({
  name: 'steady',
  title: `${waiting} queued`,
  jobs: () => Array(count).fill({ atWindows: 0, tenant: 'large', urgent: false }),
  jitterWindows: 0,
  backlog: true,
  endsAfterWindows: { virtual: windows, real: windows },
});

function pointOf(waiting: number, facts: RunFacts): CostPoint {
  const { row, served, usdPerMillionJobs = Number.NaN } = figuresOf(facts);
  return { row, waiting, served, usdPerMillionJobs };
}
