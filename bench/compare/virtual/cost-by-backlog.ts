/**
 * What a job costs while 100 to 1,000,000 others wait: with that many queued, some windows are worked
 * off, and what was billed in them is divided by the jobs that were served in them. One method for
 * every size: the smallest backlog is empty at the end, the others are hardly shorter.
 */
import { figuresOf } from '../figures.ts';
import type { RunFacts } from '../run-facts.ts';
import { LIMIT, type Scenario } from '../scenarios.ts';
import type { Pattern } from './pattern.ts';
import { runPattern } from './run-pattern.ts';
import { runSluice } from './sluice.ts';

export interface CostPoint {
  readonly row: string;
  readonly waiting: number;
  readonly served: number;
  readonly usdPerMillionJobs: number;
}

const WINDOWS = 20;

/** Of the largest backlogs, where a pattern that receives all of it takes its time in simulation too. */
const WINDOWS_OF_LARGE = 5;
const LARGE = 100_000;

const windowsOf = (waiting: number): number => (waiting < LARGE ? WINDOWS : WINDOWS_OF_LARGE);

/** Sluice's jobs that have rows; its line is in order, so that no more than these are reached. */
const ROWS = (WINDOWS + 1) * LIMIT;

export async function costOfSluice(waiting: number): Promise<CostPoint> {
  const rows = Math.min(waiting, ROWS);
  return pointOf(waiting, await runSluice(backlogOf(rows, waiting), waiting - rows));
}

export const costOfPattern = async (pattern: Pattern, waiting: number): Promise<CostPoint> =>
  pointOf(waiting, await runPattern(pattern, backlogOf(waiting, waiting)));

const backlogOf = (count: number, waiting: number): Scenario => ({
  name: 'steady',
  title: `${waiting} queued`,
  jobs: () => Array(count).fill({ atWindows: 0, tenant: 'large', urgent: false }),
  jitterWindows: 0,
  backlog: true,
  endsAfterWindows: { virtual: windowsOf(waiting), real: windowsOf(waiting) },
});

function pointOf(waiting: number, facts: RunFacts): CostPoint {
  const { row, served, usdPerMillionJobs = Number.NaN } = figuresOf(facts);
  return { row, waiting, served, usdPerMillionJobs };
}
