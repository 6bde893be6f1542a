import { describe, expect, it } from 'vitest';
import { seconds } from '../../../shared/kernel/duration.ts';
import { narrow, wide } from '../../shared/jobs/scripted-vendor.ts';
import { createApiBench } from './api-bench.ts';

type Bench = ReturnType<typeof createApiBench>;

async function budgets(bench: Bench) {
  const { body } = await bench.ask('GET /budgets');
  return body['budgets'] as readonly { readonly [field: string]: unknown }[];
}

const BY_ID = ['POST /budgets/{id}/pause', 'POST /budgets/{id}/resume'] as const;
const BY_PARTS = [
  'POST /budgets/{provider}/{account}/{name}/pause',
  'POST /budgets/{provider}/{account}/{name}/resume',
] as const;

const ways = [
  ['its id', BY_ID, { id: 'automox/acme/narrow' }],
  ['its percent-encoded id', BY_ID, { id: 'automox%2Facme%2Fnarrow' }],
  ['its three parts', BY_PARTS, { provider: 'automox', account: 'acme', name: 'narrow' }],
] as const;

const acquire = ({ limiter }: Bench, group: string) =>
  limiter.acquire({
    budgets: [narrow],
    token: `token of ${group}`,
    group,
    urgent: false,
    patienceMs: 0,
  });

describe('GET /budgets', () => {
  it('lists every budget with its limit, also one that nobody used yet', async () => {
    expect(await budgets(createApiBench())).toEqual([
      {
        id: 'automox/acme/narrow',
        requests: 5,
        windowMs: 60_000,
        mode: 'strict',
        held: 0,
        waiting: [],
        paused: false,
        throttled: 0,
      },
      expect.objectContaining({ id: 'automox/acme/wide', requests: 100 }),
    ]);
  });

  it('shows who holds, who waits until when, and what the vendor said', async () => {
    const bench = createApiBench();
    for (let n = 0; n < 6; n += 1) await acquire(bench, `group ${n}`);
    await bench.limiter.block(wide, seconds(30));
    const [first, second] = await budgets(bench);
    expect(first).toMatchObject({
      held: 5,
      waiting: [{ group: 'group 5', urgent: false, until: expect.stringMatching(/Z$/) }],
    });
    expect(second).toMatchObject({
      throttled: 1,
      blockedUntil: expect.stringMatching(/^2026-03-01T02:00:30/),
    });
  });
});

describe('pause and resume of a budget', () => {
  it.each(ways)('by %s', async (_what, [pause, resume], path) => {
    const bench = createApiBench();
    const paused = await bench.ask(pause, { path });
    expect(paused).toMatchObject({ status: 200, body: { id: narrow.id, paused: true } });
    expect(await acquire(bench, 'a')).toMatchObject({ granted: false, reason: 'paused' });
    const resumed = await bench.ask(resume, { path });
    expect(resumed).toMatchObject({ status: 200, body: { id: narrow.id, paused: false } });
    expect(await acquire(bench, 'a')).toMatchObject({ granted: true });
  });

  it('says the same when asked twice', async () => {
    const bench = createApiBench();
    const path = { id: narrow.id };
    const [first, second] = [
      await bench.ask(BY_ID[0], { path }),
      await bench.ask(BY_ID[0], { path }),
    ];
    expect(second.body).toEqual(first.body);
  });

  it.each([
    { id: 'automox/acme/none' },
    { id: 'narrow' },
    { id: '' },
    { id: '%zz' },
    { id: '%2e%2e%2f' },
    { provider: 'automox', account: 'globex', name: 'narrow' },
    { provider: 'automox', account: 'acme', name: '%' },
  ])('is 404 for %j', async (path) => {
    const bench = createApiBench();
    const routes = 'id' in path ? BY_ID : BY_PARTS;
    for (const route of routes) {
      const { status, body } = await bench.ask(route, { path });
      expect([status, body['code']]).toEqual([404, 'budget.not-found']);
    }
  });
});
