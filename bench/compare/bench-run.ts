/** One run of the benchmark: what the table, the page and the plots are made of. */
import type { Figures } from './figures.ts';
import type { CostPoint } from './virtual/cost-by-backlog.ts';

export interface BenchRun {
  readonly startedAt: string;
  readonly durationS: number;
  readonly machine: Machine;
  readonly virtual: readonly Figures[];
  readonly real: readonly Figures[];
  readonly cost: readonly CostPoint[];
  /** Rows that could not run, each with the reason. */
  readonly absent: readonly { readonly row: string; readonly why: string }[];
  /** Targets of Sluice's that were missed. */
  readonly missed: readonly string[];
}

export interface Machine {
  readonly cores: number;
  readonly model: string;
  readonly node: string;
  /** Absent where `redis-server` is not installed. */
  readonly redis?: string;
  /** Load of the last minute, at the start and at the end: what else ran. */
  readonly loadBefore: number;
  readonly loadAfter: number;
  /** The same when the part in real time was over, whose figures it weighs on. Absent in older runs. */
  readonly loadAfterReal?: number;
}
