/** Ports whose uses are counted as AWS would bill them; what they do is the port's own matter. */
import { gzipSync } from 'node:zlib';
import type { WorkerDeps } from '../../functions/worker/worker.ts';
import type { Job } from '../../shared/jobs/job.ts';
import type {
  JobEventPublisher,
  JobQueue,
  OutcomeAnnouncer,
  ResultStore,
} from '../../shared/jobs/ports.ts';
import { stringifyJson } from '../../shared/kernel/json.ts';
import type { StoreMeter } from '../compare/virtual/store-meter.ts';
import type { Usage } from './usage.ts';

export const meterQueue = (queue: JobQueue, usage: Usage): JobQueue => ({
  async send(job) {
    await queue.send(job);
    usage.add('fifoQueueRequests');
  },
});

export const meterAnnouncer = (announcer: OutcomeAnnouncer, usage: Usage): OutcomeAnnouncer => ({
  async announce(job) {
    await announcer.announce(job);
    usage.add('events');
  },
});

export const meterPublisher = (publisher: JobEventPublisher, usage: Usage): JobEventPublisher => ({
  async publish(job, events) {
    await publisher.publish(job, events);
    usage.add('events', events.length);
  },
});

export const meterDeferrals = (
  deferrals: WorkerDeps['deferrals'],
  usage: Usage,
): WorkerDeps['deferrals'] => ({
  async defer(receiptHandle, seconds) {
    await deferrals.defer(receiptHandle, seconds);
    usage.add('fifoQueueRequests');
  },
});

/** A byte is counted as often as S3 holds it: the parts of a result stay beside the whole. */
export const meterResults = (results: ResultStore, usage: Usage): ResultStore => {
  const put = (bytes: number): void => {
    usage.add('objectWrites');
    usage.add('objectByteMonths', bytes);
  };
  return {
    async putPart(job, index, rows) {
      await results.putPart(job, index, rows);
      put(gzipSync(rows.map((row) => `${stringifyJson(row)}\n`).join('')).length);
    },
    async seal(job, parts) {
      const sealed = await results.seal(job, parts);
      usage.add('objectReads', parts);
      put(sealed.bytes);
      return sealed;
    },
    async putNote(job, name, value) {
      await results.putNote(job, name, value);
      put(Buffer.byteLength(stringifyJson(value)));
    },
    async findNote(job, name) {
      usage.add('objectReads');
      return results.findNote(job, name);
    },
  };
};

/** Tells a meter of rows that were written past it, once each. */
export function tellOfNewRows(meter: StoreMeter): (row: Job) => void {
  const known = new Set<string>();
  return (row) => {
    if (known.has(row.id)) return;
    known.add(row.id);
    meter.submitted(row);
  };
}
