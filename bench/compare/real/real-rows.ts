/** The rows of the run in real time, and which scenarios each of them can run. */
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

/** Where there is no store, none can be restarted. */
export const canRun = (row: RealRow, scenario: ScenarioName): boolean =>
  row.usesRedis || scenario !== 'store-restart';
