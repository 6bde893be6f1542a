import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { createEngine, type EngineOptions } from './engine.ts';
import { ANSWER_MS, answers, type Turn } from './scripted-vendor.ts';
import { callOf, done, type Execute, type operations } from './step-type.ts';

const tagOnce: Execute = async ({ call }) => {
  await call(callOf('tag'));
  return done();
};
const tooMany = answers(429, {}, { 'retry-after': '17' });

async function deliverOnce(options: EngineOptions) {
  const engine = createEngine({ execute: tagOnce, ...options });
  const { id } = await engine.submit();
  const startedAtMs = engine.clock.nowMs();
  const delivered = await engine.deliver(id);
  return { engine, delivered, job: await engine.find(id), startedAtMs };
}

describe('a 429', () => {
  it('stops the budget for as long as the vendor asks, and is nobody’s attempt', async () => {
    const { engine, delivered, job, startedAtMs } = await deliverOnce({ turns: [tooMany] });
    const untilMs = startedAtMs + ANSWER_MS + 17_000;
    expect(engine.limiter.told).toEqual([
      `settled counted by ${startedAtMs + ANSWER_MS}`,
      'blocked narrow for 17000',
    ]);
    expect(delivered).toMatchObject({ kind: 'later', untilMs });
    expect(job).toMatchObject({ status: 'waiting', attempts: 0, failures: 0 });
    expect(job.waiting).toMatchObject({ for: 'blocked', budget: 'automox/acme/narrow', untilMs });
  });

  it.each<keyof typeof operations>(['read', 'tag', 'create', 'run'])(
    'leaves nothing in the ledger, so that %s is sent again',
    async (name) => {
      const engine = createEngine({
        turns: [tooMany, answers(200)],
        async execute({ call }) {
          await call(callOf(name));
          return done();
        },
      });
      const job = await engine.finish((await engine.submit()).id);
      expect(job).toMatchObject({ status: 'succeeded', attempts: 1 });
      expect(engine.vendor.sent).toEqual([`${name} ${name}`, `${name} ${name}`]);
    },
  );

  it('is waited out as often as it comes', async () => {
    const turns: Turn[] = Array.from({ length: 20 }, () => tooMany);
    const engine = createEngine({ execute: tagOnce, turns: [...turns, answers(200)] });
    const job = await engine.finish((await engine.submit()).id);
    expect(job).toMatchObject({ status: 'succeeded', attempts: 1, failures: 0 });
    expect(job.waitedMs).toBeGreaterThanOrEqual(20 * 17_000);
  });

  it('does not make a write uncertain where the budget cannot be stopped', async () => {
    const engine = createEngine({
      turns: [tooMany, answers(200)],
      async execute({ call }) {
        await call(callOf('run'));
        return done();
      },
    });
    engine.limiter.failWith(new SluiceError('store.unavailable', 'down'));
    expect((await engine.finish((await engine.submit()).id)).status).toBe('succeeded');
  });
});

describe('what an answer teaches', () => {
  it('is passed on: the limit', async () => {
    const { engine } = await deliverOnce({ turns: [answers(200, {}, { 'x-limit': '50' })] });
    expect(engine.limiter.told.slice(1)).toEqual(['learned wide 50']);
  });

  it('is passed on: that nothing remains', async () => {
    const headers = { 'x-limit': '50', 'x-exhausted-ms': '900' };
    const { engine, job } = await deliverOnce({ turns: [answers(200, {}, headers)] });
    expect(engine.limiter.told.slice(1)).toEqual(['learned wide 50', 'blocked wide for 900']);
    expect(job.status).toBe('succeeded');
  });

  it('counts for a refusal as well', async () => {
    const { engine } = await deliverOnce({ turns: [answers(400, {}, { 'x-limit': '50' })] });
    expect(engine.limiter.told).toContain('learned wide 50');
  });
});

describe('S11 a refused credential', () => {
  it.each([401, 403])('is fetched anew on %i and the call sent once more', async (status) => {
    const { engine, job } = await deliverOnce({
      turns: [answers(status), answers(200)],
      renewals: 1,
    });
    expect(engine.vendor.sent).toEqual(['tag tag', 'tag tag']);
    expect(engine.limiter.asked).toHaveLength(2);
    expect(job).toMatchObject({ status: 'succeeded', attempts: 2 });
  });

  it('is fetched anew once only', async () => {
    const { engine, job } = await deliverOnce({
      turns: [answers(401), answers(401)],
      renewals: 9,
    });
    expect(engine.vendor.left).toBe(0);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.unauthorized' } });
  });

  it('is not tried again where the store holds no newer one', async () => {
    const { engine, job } = await deliverOnce({ turns: [answers(401)] });
    expect(engine.vendor.sent).toHaveLength(1);
    expect(job.error?.code).toBe('provider.unauthorized');
  });

  it('leaves nothing in the ledger where the store of secrets fails', async () => {
    const engine = createEngine({
      turns: [answers(401), answers(200)],
      async execute({ call }) {
        await call(callOf('run'));
        return done();
      },
    });
    let asked = 0;
    const vendor = {
      ...engine.vendor,
      async refreshCredential() {
        asked += 1;
        throw new SluiceError('store.unavailable', 'the store of secrets does not answer');
      },
    };
    Object.assign(engine.deps, { vendorOf: () => vendor });
    const job = await engine.finish((await engine.submit()).id);
    expect([asked, job.status]).toEqual([1, 'succeeded']);
  });
});

describe('a credential that is not there', () => {
  it.each([
    ['account.secret-missing', 'failed'],
    ['account.secret-invalid', 'failed'],
    ['store.unavailable', 'waiting'],
  ] as const)('%s costs no permit and leaves the job %s', async (code, status) => {
    const { engine, job } = await deliverOnce({ prepare: [new SluiceError(code, 'no key')] });
    expect(engine.limiter.asked).toEqual([]);
    expect(job).toMatchObject({ status, attempts: 0, error: { code } });
  });
});
