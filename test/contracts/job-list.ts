import { beforeEach, describe, expect, it } from 'vitest';
import type { JobQuery, JobStore } from '../../shared/jobs/job-store.ts';
import type { JobStatus } from '../../shared/jobs/states.ts';
import { SAMPLE_AT_MS, sampleJob } from '../support/sample-job.ts';

const JOBS = 48;
const statuses: readonly JobStatus[] = ['queued', 'waiting', 'running', 'succeeded'];
const accounts = ['acme', 'globex', 'initech'];
const types = ['automox.servers.batch', 'automox.policy.run', 'automox.servers.query'];

/** Attributes cycle out of step, so that every combination of filters keeps some and drops some. */
const jobs = Array.from({ length: JOBS }, (_, n) =>
  sampleJob({
    id: `job_${String(n).padStart(3, '0')}`,
    // Two jobs to each millisecond: the id decides their order.
    createdAtMs: SAMPLE_AT_MS + Math.floor(n / 2),
    status: statuses[n % 4] ?? 'queued',
    account: accounts[n % 3] ?? 'acme',
    type: types[Math.floor(n / 3) % 3] ?? 'automox.policy.run',
  }),
);
const newestFirst = jobs.toReversed();

/** How every JobStore lists jobs. `openStore` gives an empty one. */
export function describeJobList(name: string, openStore: () => Promise<JobStore>): void {
  describe(`${name}: list`, () => {
    let store: JobStore;
    beforeEach(async () => {
      store = await openStore();
      await Promise.all(jobs.map((job) => store.create(job)));
    });

    it.each<Omit<JobQuery, 'limit'>>([
      {},
      { status: 'waiting' },
      { account: 'globex' },
      { type: 'automox.policy.run' },
      { account: 'acme', status: 'queued' },
      { account: 'acme', type: 'automox.servers.query' },
      { status: 'running', type: 'automox.servers.batch' },
      { account: 'initech', status: 'succeeded', type: 'automox.policy.run' },
      { account: 'nobody' },
    ])('walks page by page through exactly the jobs of %j, newest first', async (query) => {
      const expected = newestFirst
        .filter((job) => !query.status || job.status === query.status)
        .filter((job) => !query.account || job.account === query.account)
        .filter((job) => !query.type || job.type === query.type)
        .map(({ id }) => id);
      const pages = await walk(store, { ...query, limit: 5 });
      expect(pages.flat()).toEqual(expected);
      expect(pages.slice(0, -1).every((page) => page.length === 5)).toBe(true);
      expect(pages).toHaveLength(Math.max(Math.ceil(expected.length / 5), 1));
    });

    it('answers all in one page without a cursor where the limit allows it', async () => {
      const page = await store.list({ limit: JOBS });
      expect(page.jobs).toHaveLength(JOBS);
      expect(page).not.toHaveProperty('cursor');
    });

    it('shows of a job what a summary holds and nothing else', async () => {
      const waiting = { for: 'permit', untilMs: 2, sinceMs: 1 } as const;
      const progress = { done: 3, unit: 'devices' };
      const error = { code: 'provider.rejected', message: 'no' } as const;
      const job = sampleJob({ id: 'job_x', status: 'failed', waiting, progress, error });
      await store.create({ ...job, taskToken: 'private' });
      const { id, type, account, status, tenant, priority, createdAtMs, updatedAtMs, attempts } =
        job;
      expect((await store.list({ status: 'failed', limit: 1 })).jobs).toEqual([
        {
          id,
          type,
          account,
          status,
          tenant,
          priority,
          createdAtMs,
          updatedAtMs,
          attempts,
          waiting,
          progress,
          error,
        },
      ]);
    });
  });
}

async function walk(store: JobStore, query: JobQuery): Promise<string[][]> {
  const pages: string[][] = [];
  let next: JobQuery | undefined = query;
  while (next) {
    const page = await store.list(next);
    pages.push(page.jobs.map(({ id }) => id));
    next = page.cursor === undefined ? undefined : { ...query, cursor: page.cursor };
  }
  return pages;
}
