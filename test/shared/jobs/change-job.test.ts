import { describe, expect, it } from 'vitest';
import { changeJob } from '../../../shared/jobs/change-job.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import { createMemoryJobStore } from '../../support/memory/memory-job-store.ts';
import { nextVersion, sampleJob } from '../../support/sample-job.ts';

const NOW_MS = sampleJob().createdAtMs + 5_000;
const warned = (job: Job): Job => ({ ...job, warnings: [...(job.warnings ?? []), 'w'] });

describe('changeJob', () => {
  it('stores what the change makes of the row, one version on', async () => {
    const store = createMemoryJobStore();
    await store.create(sampleJob());
    const changed = await changeJob(store, sampleJob(), NOW_MS, warned);
    expect(changed).toMatchObject({ version: 2, updatedAtMs: NOW_MS, warnings: ['w'] });
    expect(await store.find(changed.id)).toEqual(changed);
  });

  it('decides again on the present row after a lost race', async () => {
    const store = createMemoryJobStore();
    await store.create(sampleJob());
    await store.replace(nextVersion(sampleJob(), { cancelRequested: true }), 1);
    const changed = await changeJob(store, sampleJob(), NOW_MS, warned);
    expect(changed).toMatchObject({ version: 3, cancelRequested: true, warnings: ['w'] });
  });

  it('leaves the row as it is where the change says so, and answers it', async () => {
    const store = createMemoryJobStore();
    await store.create(sampleJob());
    expect(await changeJob(store, sampleJob(), NOW_MS, () => undefined)).toEqual(sampleJob());
    expect((await store.find(sampleJob().id))?.version).toBe(1);
  });

  it('loses none of six changes made at once', async () => {
    const store = createMemoryJobStore();
    await store.create(sampleJob());
    const add = () => changeJob(store, sampleJob(), NOW_MS, warned);
    await Promise.all(Array.from({ length: 6 }, add));
    expect((await store.find(sampleJob().id))?.warnings).toHaveLength(6);
  });

  it('refuses a move that the states do not allow, and stores nothing', async () => {
    const store = createMemoryJobStore();
    const ended = sampleJob({ status: 'succeeded' });
    await store.create(ended);
    const revive = (job: Job): Job => ({ ...job, status: 'running' });
    await expect(changeJob(store, ended, NOW_MS, revive)).rejects.toThrow(
      'cannot move from succeeded to running',
    );
    expect(await store.find(ended.id)).toEqual(ended);
  });

  it('says that the job is not found where its row is gone', async () => {
    const changing = changeJob(createMemoryJobStore(), sampleJob(), NOW_MS, warned);
    await expect(changing).rejects.toMatchObject({ code: 'job.not-found' });
  });

  it('gives up after eight lost races, as a store that is not available', async () => {
    let races = 0;
    const store = {
      ...createMemoryJobStore(),
      replace: async () => {
        races += 1;
        return { stored: false, current: sampleJob({ version: races + 1 }) } as const;
      },
    };
    await expect(changeJob(store, sampleJob(), NOW_MS, warned)).rejects.toMatchObject({
      code: 'store.unavailable',
    });
    expect(races).toBe(8);
  });
});
