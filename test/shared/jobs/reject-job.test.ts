import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { rejectJob } from '../../../shared/jobs/reject-job.ts';
import { createMemoryJobStore } from '../../support/memory/memory-job-store.ts';

const NOW_MS = Date.UTC(2026, 2, 1);
const fields = [{ field: 'params.devices', problem: 'must not be empty' }];
const refusal = new SluiceError('job.invalid', 'the job message is wrong', { fields });
const origin = { way: 'queue', detail: 'm-1' } as const;

const reject = (
  input: unknown,
  store = createMemoryJobStore(),
  from: typeof origin | { way: 'http' } = origin,
) => rejectJob(store, input, from, refusal, NOW_MS);

describe('rejectJob', () => {
  it('records what came, from where, and every wrong field', async () => {
    const store = createMemoryJobStore();
    const input = { type: 'automox.servers.batch', account: 'acme', params: { devices: [] } };
    const row = await reject(input, store);
    expect(await store.find(row.id)).toEqual(row);
    expect(row).toMatchObject({
      status: 'rejected',
      type: 'automox.servers.batch',
      account: 'acme',
      origin,
      error: { code: 'job.invalid', message: 'the job message is wrong', fields },
      finishedAtMs: NOW_MS,
    });
    expect(JSON.parse(row.paramsJson)).toEqual({ message: JSON.stringify(input) });
    expect(row.timeline.map(({ event }) => event)).toEqual(['received', 'outcome']);
    expect(row).not.toHaveProperty('attentionAtMs');
  });

  it.each([
    ['no JSON', 'prose', '(unknown)'],
    ['a list', [1], '(unknown)'],
    ['nothing', null, '(unknown)'],
    ['a type that is no text', { type: 7 }, '(unknown)'],
    ['an empty type', { type: '' }, '(unknown)'],
    ['a type beyond measure', { type: 't'.repeat(129) }, '(unknown)'],
    ['a misspelt type', { type: 'automox.servers.bach' }, 'automox.servers.bach'],
  ])('reads what it can of %s', async (_what, input, type) => {
    expect((await reject(input)).type).toBe(type);
  });

  it('keeps the beginning of a message that is too long to keep', async () => {
    const row = await reject('x'.repeat(300_000));
    expect(JSON.parse(row.paramsJson)).toEqual({ message: 'x'.repeat(4_096) });
  });

  it('records the same message of one delivery once', async () => {
    const store = createMemoryJobStore();
    const [first, second] = [await reject({ a: 1 }, store), await reject({ a: 1 }, store)];
    expect(second.id).toBe(first.id);
    expect((await store.list({ limit: 10 })).jobs).toHaveLength(1);
  });

  it('records each message of an unnamed origin, and each other body', async () => {
    const store = createMemoryJobStore();
    const http = { way: 'http' } as const;
    await reject({ a: 1 }, store, http);
    await reject({ a: 1 }, store, http);
    await reject({ a: 2 }, store);
    expect((await store.list({ limit: 10 })).jobs).toHaveLength(3);
  });

  it('does not keep a task token, which would let a reader answer the task', async () => {
    const row = await reject({ type: 'x', taskToken: 'canary-token' });
    expect(JSON.stringify(row)).not.toContain('canary-token');
  });
});
