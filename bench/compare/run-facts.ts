/** What was seen of one row in one scenario, before anything is computed of it. */
import type { Billed } from './cost/prices.ts';
import type { ScenarioName } from './scenarios.ts';

export interface PlacedJob {
  /** The tag that the job sets, by which the vendor's log knows its call. */
  readonly key: string;
  readonly tenant: string;
  readonly urgent: boolean;
  readonly placedAtMs: number;
}

export interface CountedCall {
  /** When the vendor counted it. */
  readonly atMs: number;
  readonly key: string;
  readonly status: number;
}

export interface Usage {
  /** Of each message, how often it was received. */
  readonly receives?: readonly number[];
  /** Writes of DynamoDB that the limiter and the job's state need. */
  readonly storeWrites?: number;
  /** Those of the limiter among them. */
  readonly limiterWrites?: number;
  /** What Redis counts as commands: reads, waits and heartbeats too, and each one inside a script. */
  readonly redisCommands?: number;
  readonly invocations?: number;
  readonly billedMs?: number;
  readonly billed?: Billed;
}

export interface RunFacts {
  readonly row: string;
  readonly scenario: ScenarioName;
  readonly windowMs: number;
  readonly limit: number;
  readonly jobs: readonly PlacedJob[];
  readonly calls: readonly CountedCall[];
  /** Keys of jobs that the row gave up or forgot: dead-lettered, failed, or gone with a killed process. */
  readonly lost: readonly string[];
  readonly kills: number;
  readonly usage: Usage;
}
