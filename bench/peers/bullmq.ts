/** BullMQ: jobs in Redis, workers that share the queue's limiter. */

import type { PeerJob } from './messages.ts';
import { type CreatePeer, loadPeer, type Peer, type PeerSurroundings } from './peer.ts';

interface BullWorker {
  on(event: 'error', listener: () => void): void;
  on(event: 'failed', listener: (job: { readonly data: PeerJob } | undefined) => void): void;
  waitUntilReady(): Promise<unknown>;
}

export interface BullPackage {
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

export const createBullMq: CreatePeer = async (surroundings) =>
  startBullMq(await loadPeer<BullPackage>('bullmq'), surroundings);

/** Apart, so that a test can do without the package. */
export async function startBullMq(
  { Queue, Worker }: BullPackage,
  surroundings: PeerSurroundings,
): Promise<Peer> {
  const { limit, windowMs, redisPort, call, giveUp } = surroundings;
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
  // By default it fails a job that stalled twice: whose worker was killed, and killed again.
  worker.on('failed', (job) => job && giveUp(job.data));
  await worker.waitUntilReady();
  return {
    async add(job) {
      // BullMQ takes jobs without a priority before all that have one.
      await queue.add('call', job, job.urgent ? {} : { priority: 1 });
    },
  };
}
