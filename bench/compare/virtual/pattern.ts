/** What a pattern of queue and function is, and the tools that its function has. */
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { Clock } from '../../../shared/kernel/clock.ts';
import type { Random } from '../../../shared/kernel/random.ts';

/** Every tool is a step at which the process may be killed. */
export interface PatternTools {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly random: Random;
  sleep(durationMs: number): Promise<void>;
  /** Sends the job's vendor call once and answers the status. */
  call(key: string): Promise<number>;
  /** ChangeMessageVisibility. */
  hide(record: SQSRecord, seconds: number): Promise<void>;
  /** One conditional write of a log of sendings; whether the call fits into the window. */
  takePlace(): Promise<boolean>;
  /** Receives by hand, for a function that no mapping feeds. */
  receive(max: number): Promise<readonly SQSRecord[]>;
  delete(record: SQSRecord): Promise<void>;
}

export interface Pattern {
  readonly row: string;
  readonly maxReceiveCount: number;
  readonly batchSize: number;
  /** Of the mapping; absent: it ramps up as Lambda does. */
  readonly maximumConcurrency?: number;
  /** Of the function: beyond it an invocation is throttled. */
  readonly reservedConcurrency?: number;
  /** A schedule starts the function each minute, at a second that the scheduler chooses. */
  readonly everyMinute?: true;
  readonly memoryMb: number;
  readonly usesStore: boolean;
  readonly run: (tools: PatternTools, event: SQSEvent) => Promise<unknown>;
}
