import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DynamoTable, Item, ItemQuery } from '../../../shared/aws/dynamo-table.ts';
import { listJobs } from '../../../shared/aws/job-index-reader.ts';
import { toJobItem } from '../../../shared/aws/job-item.ts';
import { type Job, orderKey } from '../../../shared/jobs/job.ts';
import type { JobQuery } from '../../../shared/jobs/job-store.ts';
import { sampleJob } from '../../support/sample-job.ts';

/** The indexes of a table that examines only `rowsARead` rows a query, as DynamoDB does with 1 MB. */
function indexesOf(
  jobs: readonly Job[],
  rowsARead: number,
): { table: DynamoTable; reads(): number } {
  let reads = 0;
  const query = async (asked: ItemQuery) => {
    reads += 1;
    const after = asked.startKey?.['order']?.S ?? asked.values[':cursor']?.S;
    const attribute = asked.index === 'by-account' ? 'account' : 'status';
    const partition = jobs
      .filter((job) => job[attribute] === asked.values[':partition']?.S)
      .filter((job) => after === undefined || orderKey(job) < after)
      .sort((a, b) => (orderKey(a) < orderKey(b) ? 1 : -1));
    const examined = partition.slice(0, Math.min(rowsARead, asked.limit)).map(toJobItem);
    const last = partition.length > examined.length ? examined.at(-1) : undefined;
    return { items: examined.filter(passes(asked)), ...(last && { lastKey: last }) };
  };
  const unused = () => Promise.reject(new Error('not an index'));
  return {
    table: { find: unused, putIf: unused, updateIf: unused, query },
    reads: () => reads,
  };
}

const passes =
  ({ values }: ItemQuery) =>
  (item: Item): boolean =>
    ['type', 'status'].every((name) => {
      const wanted = values[`:${name}`]?.S;
      return wanted === undefined || item[name]?.S === wanted;
    });

const arbitraryJobs = fc
  .array(
    fc.record({
      createdAtMs: fc.integer({ min: 0, max: 9 }),
      status: fc.constantFrom('queued', 'waiting', 'failed', 'rejected'),
      account: fc.constantFrom('acme', 'globex'),
      type: fc.constantFrom('a.one', 'a.two'),
    }),
    { maxLength: 40 },
  )
  .map((rows) => rows.map((row, n) => sampleJob({ ...row, id: `job_${n}` })));

const arbitraryQuery: fc.Arbitrary<JobQuery> = fc.record(
  {
    limit: fc.integer({ min: 1, max: 6 }),
    status: fc.constantFrom('queued', 'failed'),
    account: fc.constantFrom('acme', 'globex'),
    type: fc.constantFrom('a.one', 'a.two'),
  },
  { requiredKeys: ['limit'] },
);

async function walk(table: DynamoTable, query: JobQuery): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listJobs(table, { ...query, ...(cursor !== undefined && { cursor }) });
    expect(page.jobs.length).toBeLessThanOrEqual(query.limit);
    ids.push(...page.jobs.map(({ id }) => id));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return ids;
}

describe('listJobs', () => {
  it('walks through exactly the matching jobs, newest first, however little a read gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryJobs,
        arbitraryQuery,
        fc.integer({ min: 1, max: 4 }),
        async (jobs, query, rowsARead) => {
          const expected = jobs
            .filter((job) => query.status === undefined || job.status === query.status)
            .filter((job) => query.account === undefined || job.account === query.account)
            .filter((job) => query.type === undefined || job.type === query.type)
            .sort((a, b) => (orderKey(a) < orderKey(b) ? 1 : -1));
          const { table } = indexesOf(jobs, rowsARead);
          expect(await walk(table, query)).toEqual(expected.map(({ id }) => id));
        },
      ),
    );
  });

  it('ends a page after ten reads that found nothing, with a cursor to go on from', async () => {
    const dull = Array.from({ length: 30 }, (_, n) => sampleJob({ id: `job_${n + 10}` }));
    const rare = sampleJob({ id: 'job_00', type: 'rare.type' });
    const { table, reads } = indexesOf([rare, ...dull], 2);
    const query = { account: 'acme', type: 'rare.type', limit: 5 };
    const first = await listJobs(table, query);
    expect(first.jobs).toEqual([]);
    expect(reads()).toBe(10);
    const second = await listJobs(table, { ...query, cursor: first.cursor ?? '' });
    expect(second.jobs.map(({ id }) => id)).toEqual(['job_00']);
  });

  it('shows a job once, as it last was, that changed its status between two reads', async () => {
    const before = sampleJob({ status: 'queued' });
    const after = { ...before, status: 'running' as const, updatedAtMs: before.updatedAtMs + 1 };
    const { table } = indexesOf([before, after], 10);
    const { jobs } = await listJobs(table, { limit: 10 });
    expect(jobs.map(({ status }) => status)).toEqual(['running']);
  });
});
