/**
 * One delivery of a job to a worker: the row as this worker holds it, and the writes it makes.
 *
 * Guarantees: at most one worker gets further with a job (the first write takes the lease and names
 * the row that was read); a cancel that came in meanwhile is kept, never overwritten; a change whose
 * write was stored and whose answer was lost is not made twice.
 */
import type { Clock } from '../kernel/clock.ts';
import { randomId } from '../kernel/ids.ts';
import { changeJob } from './change-job.ts';
import { DeliveryEnd } from './delivery-end.ts';
import type { Job } from './job.ts';
import type { JobStore } from './job-store.ts';
import type { JobStatus } from './states.ts';

export interface Lease {
  readonly owner: string;
  readonly untilMs: number;
}

export interface Delivery {
  /** The row with every change of this delivery, stored or not yet. */
  readonly job: Job;
  /** This delivery has written the row. */
  readonly claimed: boolean;
  /** Changes the row in memory; kept with the next `save`. Must be pure: a lost race runs it again. */
  change(change: (job: Job) => Job): void;
  /** Stores the row, with the lease while it runs. Throws DeliveryEnd where another has the job. */
  save(): Promise<void>;
}

export function createDelivery(store: JobStore, clock: Clock, read: Job, lease: Lease): Delivery {
  let stored = read;
  let claimed = false;
  let changes: readonly ((job: Job) => Job)[] = [];
  /** How many of the changes each write holds whose answer never came. */
  const unanswered = new Map<string, number>();
  const withChanges = (row: Job): Job => changes.reduce((job, change) => change(job), row);
  return {
    get job() {
      return withChanges(stored);
    },
    get claimed() {
      return claimed;
    },
    change(change) {
      changes = [...changes, change];
    },
    async save() {
      const newWriteId = (): string => {
        const id = randomId('w');
        unanswered.set(id, changes.length);
        return id;
      };
      const withRest = (row: Job): Job => {
        const ours = claimed ? row.lease?.owner === lease.owner : sameStep(row, stored);
        const made = unanswered.get(row.writeId);
        if (!ours && made === undefined) throw new DeliveryEnd({ kind: 'superseded' });
        const { lease: _former, ...next } = changes
          .slice(made ?? 0)
          .reduce((job, change) => change(job), row);
        return next.status === 'running' ? { ...next, lease } : next;
      };
      stored = await changeJob(store, stored, clock.nowMs(), withRest, newWriteId);
      claimed = stored.lease?.owner === lease.owner;
      changes = [];
      unanswered.clear();
    },
  };
}

/**
 * The row stands where it stood when it was read. A cancel request does not move it, nor does the
 * sender's note that the message is on the queue, which often comes after the message itself.
 */
const sameStep = (row: Job, read: Job): boolean =>
  row.run === read.run &&
  (row.status === read.status || (row.status === 'queued' && notYetSent.includes(read.status))) &&
  row.attempts === read.attempts &&
  row.failures === read.failures &&
  row.checkpointJson === read.checkpointJson &&
  row.lease?.owner === read.lease?.owner;

const notYetSent: readonly JobStatus[] = ['received', 'scheduled'];
