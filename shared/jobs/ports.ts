/** What the job engine needs from the outside, each behind a port with one contract suite. */
import { seconds } from '../kernel/duration.ts';
import type { Json, JsonObject } from '../kernel/json.ts';
import type { Secret } from '../kernel/secret.ts';
import type { Job } from './job.ts';

export interface QueueMessage {
  readonly jobId: string;
  readonly run: number;
}

/** Submitters that race for one idempotency key make one message of it where they can. */
export const REPEATED_SEND_MS = seconds(30);

/** The lane queue of each provider. Throws `store.unavailable` where SQS does not take the message. */
export interface JobQueue {
  /**
   * Sends the job's message to its group. Sending twice is harmless: the row decides. What is sent
   * for the same version of a row within `REPEATED_SEND_MS` may be one message.
   */
  send(job: Job): Promise<void>;
}

/** Counts what waits in the lane queue of a provider. */
export interface LaneCounter {
  /**
   * Every message of the lane, hidden ones too; an estimate that may lag by a minute. Throws
   * `store.unavailable` where SQS does not say.
   */
  count(provider: string): Promise<number>;
}

export interface ResultObject {
  readonly key: string;
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Large results and frozen target lists, as objects. Every put is a whole-object overwrite, so a
 * repeated step writes the same object again.
 */
export interface ResultStore {
  /** Writes rows as gzipped NDJSON: one part of the job's result. */
  putPart(job: Job, index: number, rows: readonly Json[]): Promise<void>;
  /** Joins parts 0 to `parts - 1` in order into one gzipped NDJSON object. */
  seal(job: Job, parts: number): Promise<ResultObject>;
  /** Keeps a JSON value beside the job, too large for its row. */
  putNote(job: Job, name: string, value: Json): Promise<void>;
  findNote(job: Job, name: string): Promise<Json | undefined>;
}

/** Reads results for callers. */
export interface ResultReader {
  /** The gzipped NDJSON bytes, or undefined where the object is gone. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** A URL that gives the object for `lifeMs`; for results too large for one HTTP answer. */
  link(key: string, lifeMs: number): Promise<string>;
}

/** Something a job found that others may want to react to, each for itself. */
export interface JobEvent {
  /** The same whenever the same thing is told again: listeners know it by this. */
  readonly id: string;
  /** `AmpEventFound`: the detail type on the bus. */
  readonly type: string;
  readonly atMs: number;
  readonly detail: JsonObject;
}

/** A kind of event that jobs tell of. */
export interface EventKind {
  /** The detail type on the bus. */
  readonly type: string;
  /** A detail as jobs give it: what a reaction can ask about and take from it. */
  readonly example: JsonObject;
}

/** Tells the world of what a job found while it runs. */
export interface JobEventPublisher {
  /** In order, each at least once. Throws `store.unavailable` where one was not taken. */
  publish(job: Job, events: readonly JobEvent[]): Promise<void>;
}

/** Keeps secrets that vendors give out, where those who verify with them look. */
export interface SecretKeeper {
  /** The current value; undefined where there is none yet. */
  find(secretId: string): Promise<Secret | undefined>;
  /**
   * Makes `value` the current one. Throws `store.unavailable` where it was not taken, and
   * `account.secret-missing` where no such secret is deployed. Never says anything of the value.
   */
  keep(secretId: string, value: Secret): Promise<void>;
}

/** Tells the world of an outcome: the event bus, and the Step Functions task that waits for it. */
export interface OutcomeAnnouncer {
  /** At least once for every outcome. Throws where the announcement was not taken. */
  announce(job: Job): Promise<void>;
}
