/** BullMQ: jobs in Redis, workers that share the queue's limiter. */

import type { PeerJob } from './messages.ts';
import { type CreatePeer, loadPeer } from './peer.ts';

interface BullWorker {
  rateLimit(durationMs: number): Promise<void>;
  on(event: 'error', listener: () => void): void;
  waitUntilReady(): Promise<unknown>;
}

interface BullPackage {
  readonly Queue: new (
    name: string,
    options: object,
  ) => {
    add(name: string, data: PeerJob, options: object): Promise<unknown>;
    rateLimit(durationMs: number): Promise<void>;
    on(event: 'error', listener: () => void): void;
  };
  readonly Worker: {
    new (
      name: string,
      process: (job: { readonly data: PeerJob }) => Promise<void>,
      options: object,
    ): BullWorker;
    RateLimitError(): Error;
  };
}

const QUEUE = 'vendor';

/** A killed worker's job is taken up again after this; the default of 30 s would be 15 windows. */
const LOCK_MS = 5_000;

export const createBullMq: CreatePeer = async ({ limit, windowMs, redisPort, call }) => {
  const { Queue, Worker } = await loadPeer<BullPackage>('bullmq');
  const connection = { host: '127.0.0.1', port: redisPort, maxRetriesPerRequest: null };
  const queue = new Queue(QUEUE, { connection });
  const worker = new Worker(
    QUEUE,
    async ({ data }) => {
      const { status, retryAfterMs } = await call(data);
      if (status !== 429) return;
      await queue.rateLimit(retryAfterMs);
      throw Worker.RateLimitError();
    },
    {
      connection,
      concurrency: limit,
      limiter: { max: limit, duration: windowMs },
      lockDuration: LOCK_MS,
      stalledInterval: LOCK_MS,
    },
  );
  for (const source of [queue, worker]) source.on('error', () => undefined);
  await worker.waitUntilReady();
  return {
    async add(job) {
      // BullMQ takes jobs without a priority before all that have one.
      await queue.add('call', job, job.urgent ? {} : { priority: 1 });
    },
  };
};
