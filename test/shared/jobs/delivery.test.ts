import { describe, expect, it } from 'vitest';
import { createDelivery } from '../../../shared/jobs/delivery.ts';
import { DeliveryEnd } from '../../../shared/jobs/delivery-end.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import type { JobStore } from '../../../shared/jobs/job-store.ts';
import { createLeapingClock } from '../../support/leaping-clock.ts';
import { createMemoryJobStore } from '../../support/memory/memory-job-store.ts';
import { nextVersion, sampleJob } from '../../support/sample-job.ts';

const queued = sampleJob({ status: 'queued' });
const clock = createLeapingClock();
const lease = (owner: string) => ({ owner, untilMs: clock.nowMs() + 31_000 });
const running = (job: Job): Job => ({ ...job, status: 'running', attempts: job.attempts + 1 });
const superseded = expect.objectContaining({ reason: { kind: 'superseded' } });

async function storeWith(job: Job): Promise<JobStore> {
  const store = createMemoryJobStore();
  await store.create(job);
  return store;
}

describe('a delivery', () => {
  it('takes the lease with its first write and keeps it while the job runs', async () => {
    const store = await storeWith(queued);
    const delivery = createDelivery(store, clock, queued, lease('a'));
    delivery.change(running);
    await delivery.save();
    expect(await store.find(queued.id)).toMatchObject({ status: 'running', lease: lease('a') });
    delivery.change((job) => ({ ...job, summary: 'further' }));
    await delivery.save();
    expect(await store.find(queued.id)).toEqual(delivery.job);
    expect(delivery.job).toMatchObject({ attempts: 1, summary: 'further', lease: lease('a') });
  });

  it('gives the lease back with the write that ends or pauses the job', async () => {
    const store = await storeWith(queued);
    const delivery = createDelivery(store, clock, queued, lease('a'));
    delivery.change((job) => ({ ...job, status: 'waiting' }));
    await delivery.save();
    expect(await store.find(queued.id)).not.toHaveProperty('lease');
  });

  it('lets one of two workers with the same message get further', async () => {
    const store = await storeWith(queued);
    const deliveries = ['a', 'b'].map((owner) =>
      createDelivery(store, clock, queued, lease(owner)),
    );
    for (const delivery of deliveries) delivery.change(running);
    const [a, b] = await Promise.allSettled(deliveries.map((delivery) => delivery.save()));
    expect(a?.status).toBe('fulfilled');
    expect(b).toEqual({ status: 'rejected', reason: superseded });
    expect((await store.find(queued.id))?.lease?.owner).toBe('a');
  });

  it.each<[string, Partial<Job>]>([
    ['another run', { run: 2 }],
    ['an outcome', { status: 'cancelled' }],
    ['another attempt', { attempts: 1 }],
    ['another failure', { failures: 1 }],
    ['another checkpoint', { checkpointJson: '1' }],
    ['another worker', { lease: lease('b') }],
  ])('ends as superseded where the row shows %s', async (_what, changes) => {
    const store = await storeWith(queued);
    const delivery = createDelivery(store, clock, queued, lease('a'));
    const others = nextVersion(queued, changes);
    await store.replace(others, 1);
    delivery.change(running);
    await expect(delivery.save()).rejects.toThrow(DeliveryEnd);
    await expect(delivery.save()).rejects.toEqual(superseded);
    expect(await store.find(queued.id)).toEqual(others);
  });

  it('ends as superseded where its own lease was taken over', async () => {
    const store = await storeWith(queued);
    const delivery = createDelivery(store, clock, queued, lease('a'));
    delivery.change(running);
    await delivery.save();
    const stored = (await store.find(queued.id)) ?? queued;
    await store.replace(nextVersion(stored, { lease: lease('b') }), stored.version);
    delivery.change((job) => ({ ...job, status: 'succeeded' }));
    await expect(delivery.save()).rejects.toEqual(superseded);
    expect((await store.find(queued.id))?.status).toBe('running');
  });

  it('keeps a cancel that came in since the row was read', async () => {
    const store = await storeWith(queued);
    const delivery = createDelivery(store, clock, queued, lease('a'));
    await store.replace(nextVersion(queued, { cancelRequested: true }), 1);
    delivery.change(running);
    await delivery.save();
    expect(delivery.job).toMatchObject({ status: 'running', cancelRequested: true, attempts: 1 });
    expect((await store.find(queued.id))?.cancelRequested).toBe(true);
  });

  it.each(['received', 'scheduled'] as const)(
    'goes on where the note that a %s job is queued came after its message',
    async (status) => {
      const read = sampleJob({ status });
      const store = await storeWith(read);
      const delivery = createDelivery(store, clock, read, lease('a'));
      await store.replace(nextVersion(read, { status: 'queued' }), 1);
      delivery.change(running);
      await delivery.save();
      expect(await store.find(read.id)).toMatchObject({ status: 'running', version: 3 });
    },
  );

  it('keeps its changes where the store fails, for the next save', async () => {
    const store = await storeWith(queued);
    const delivery = createDelivery(
      { ...store, replace: () => Promise.reject(new Error('down')) },
      clock,
      queued,
      lease('a'),
    );
    delivery.change(running);
    await expect(delivery.save()).rejects.toThrow('down');
    expect(delivery.job).toMatchObject({ status: 'running', attempts: 1 });
    expect(await store.find(queued.id)).toEqual(queued);
  });

  it('makes no change twice whose write was stored and whose answer was lost', async () => {
    const store = await storeWith(queued);
    let lost = 0;
    const losing: JobStore = {
      ...store,
      async replace(job, version) {
        const answer = await store.replace(job, version);
        if (lost >= 2) return answer;
        lost += 1;
        throw new Error('down');
      },
    };
    const delivery = createDelivery(losing, clock, queued, lease('a'));
    delivery.change(running);
    await expect(delivery.save()).rejects.toThrow('down');
    delivery.change((job) => ({ ...job, failures: job.failures + 1 }));
    await expect(delivery.save()).rejects.toThrow('down');
    delivery.change((job) => ({ ...job, summary: 'further' }));
    await delivery.save();
    expect(await store.find(queued.id)).toMatchObject({
      attempts: 1,
      failures: 1,
      summary: 'further',
      lease: lease('a'),
    });
  });
});
