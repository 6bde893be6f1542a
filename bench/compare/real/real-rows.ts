/** The rows of the run in real time, and what each of them cannot be asked. */
import type { ScenarioName } from '../scenarios.ts';

export interface RealRow {
  readonly row: string;
  /** Processes that hold a limiter. */
  readonly processes: number;
  readonly usesRedis: boolean;
  /** Whether waiting jobs are in the limiter's process, and die with it. */
  readonly queuesInProcess: boolean;
}

/** Sluice's stack, whose processes are its own affair. */
export const SLUICE_ROW = 'sluice-stack';

const inMemory = (row: string): RealRow => ({
  row,
  processes: 1,
  usesRedis: false,
  queuesInProcess: true,
});

export const peerRows: readonly RealRow[] = [
  { row: 'bullmq', processes: 3, usesRedis: true, queuesInProcess: false },
  inMemory('bottleneck'),
  { row: 'bottleneck-redis', processes: 3, usesRedis: true, queuesInProcess: true },
  inMemory('rate-limiter-flexible'),
  { row: 'rate-limiter-flexible-redis', processes: 3, usesRedis: true, queuesInProcess: true },
  inMemory('p-queue'),
  inMemory('p-queue-strict'),
];

/** Why a cell is empty; undefined where the row can run the scenario. */
export function whyNot(row: RealRow, scenario: ScenarioName): string | undefined {
  if (scenario === 'store-restart' && !row.usesRedis) return 'no store to restart';
  return undefined;
}
