import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { startBullMq } from '../../../bench/peers/bullmq.ts';

const workers: FakeWorker[] = [];

class FakeQueue {
  on(): void {}
  async add(): Promise<void> {}
  async rateLimit(): Promise<void> {}
}

class FakeWorker extends EventEmitter {
  static RateLimitError = () => new Error('limited');
  constructor() {
    super();
    workers.push(this);
  }
  async waitUntilReady(): Promise<void> {}
}

describe('BullMQ in the benchmark', () => {
  it('tells of a job that it failed, so that the job counts as lost', async () => {
    const givenUp: string[] = [];
    await startBullMq(
      { Queue: FakeQueue, Worker: FakeWorker },
      {
        limit: 5,
        windowMs: 2_000,
        redisPort: 1,
        call: async () => ({ status: 200, retryAfterMs: 0 }),
        giveUp: ({ key }) => givenUp.push(key),
      },
    );
    workers[0]?.emit('failed', { data: { key: 'bench-3', urgent: false } });
    workers[0]?.emit('failed', undefined);
    expect(givenUp).toEqual(['bench-3']);
  });
});
