import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { runJob } from '../../../shared/jobs/run-job.ts';
import { seconds } from '../../../shared/kernel/duration.ts';
import { createEngine, type EngineOptions } from './engine.ts';
import { answers, wide } from './scripted-vendor.ts';
import { callOf, done, type Execute, type operations } from './step-type.ts';

const run: Execute = async ({ call }) => {
  await call(callOf('run'));
  return done();
};

async function queuedEngine(options: EngineOptions = {}) {
  const engine = createEngine({ execute: run, turns: [answers(200)], ...options });
  const { id } = await engine.submit({ priority: 'urgent' });
  return { engine, id, startedAtMs: engine.clock.nowMs() };
}

describe('a permit', () => {
  it('is asked for under every budget of the call, for the head of the group', async () => {
    const { engine, id } = await queuedEngine();
    await engine.deliver(id);
    const [request] = engine.limiter.asked;
    expect(request?.budgets.map(({ name }) => name)).toEqual(['narrow', 'wide']);
    expect(request).toMatchObject({ group: 'acme/narrow/default/urgent/0', urgent: true });
  });

  it.each(['permit', 'blocked', 'paused'] as const)(
    'that is refused (%s) sends the job back to the queue until its appointment',
    async (reason) => {
      const { engine, id, startedAtMs } = await queuedEngine();
      engine.limiter.answerWith({ reason, waitMs: 12_000 });
      const untilMs = startedAtMs + 12_000;
      expect(await engine.deliver(id)).toMatchObject({ kind: 'later', untilMs });
      const job = await engine.find(id);
      expect(job).toMatchObject({ status: 'waiting', attempts: 0, failures: 0 });
      expect(job.waiting).toEqual({
        for: reason,
        budget: 'automox/acme/narrow',
        untilMs,
        sinceMs: startedAtMs,
      });
      expect(job).not.toHaveProperty('lease');
      expect(engine.vendor.sent).toEqual([]);
    },
  );

  it('that comes free within two seconds is waited for in place', async () => {
    const { engine, id, startedAtMs } = await queuedEngine();
    const waits = [900, 700].map((waitMs) => ({ reason: 'contended', waitMs }) as const);
    engine.limiter.answerWith(...waits);
    await engine.deliver(id);
    expect((await engine.find(id)).status).toBe('succeeded');
    expect(engine.clock.nowMs() - startedAtMs).toBeGreaterThanOrEqual(1_600);
  });

  it('is not waited for in place beyond two seconds in all of a delivery', async () => {
    const { engine, id } = await queuedEngine();
    const waits = [900, 900, 900].map((waitMs) => ({ reason: 'permit', waitMs }) as const);
    engine.limiter.answerWith(...waits);
    expect((await engine.deliver(id)).kind).toBe('later');
    expect(engine.limiter.asked.map(({ patienceMs }) => patienceMs)).toEqual([2_000, 1_100, 200]);
  });

  it('is used at its instant, not before', async () => {
    const { engine, id, startedAtMs } = await queuedEngine();
    engine.limiter.answerWith({ sendInMs: 700 });
    await engine.deliver(id);
    const call = (await engine.find(id)).timeline.find(({ event }) => event === 'call');
    expect(call?.at).toBe(startedAtMs + 700 + 40);
  });

  it('that lapsed before the write is given back and asked for again', async () => {
    const { engine, id } = await queuedEngine();
    engine.limiter.answerWith({ sendInMs: 700, lapsesInMs: 600 });
    expect((await engine.deliver(id)).kind).toBe('later');
    expect(engine.limiter.told).toEqual(['settled unsent']);
    const waiting = await engine.find(id);
    expect(waiting).toMatchObject({ status: 'waiting', attempts: 0 });
    expect(waiting).not.toHaveProperty('inFlight');
    expect((await engine.finish(id)).status).toBe('succeeded');
    expect(engine.vendor.sent).toHaveLength(1);
  });

  it('is not asked for where the function would end before the answer', async () => {
    const { engine, id } = await queuedEngine();
    expect((await engine.deliver(id, seconds(18))).kind).toBe('later');
    expect(engine.limiter.asked).toEqual([]);
    expect(await engine.find(id)).toMatchObject({
      status: 'waiting',
      waiting: { for: 'continue' },
    });
    expect((await engine.finish(id)).status).toBe('succeeded');
  });
});

describe('between permit and request', () => {
  it.each<[string, keyof typeof operations]>([
    ['a write', 'run'],
    ['a read', 'read'],
  ])('a cancel stops %s and gives the permit back', async (_what, name) => {
    const { engine, id } = await queuedEngine({
      async execute({ call }) {
        await engine.alter(id, { cancelRequested: true });
        await call(callOf(name));
        return done();
      },
    });
    await engine.deliver(id);
    expect(engine.vendor.sent).toEqual([]);
    expect(engine.limiter.told).toEqual(['settled unsent']);
    const job = await engine.find(id);
    expect(job).toMatchObject({ status: 'cancelled', attempts: 0, finishedBy: 'worker' });
    expect(job).not.toHaveProperty('inFlight');
  });

  it('a deadline that passed while waiting in place stops the call', async () => {
    const { engine, id, startedAtMs } = await queuedEngine();
    await engine.alter(id, { deadlineMs: startedAtMs + 800 });
    engine.limiter.answerWith({ reason: 'contended', waitMs: 900 });
    await engine.deliver(id);
    expect(engine.vendor.sent).toEqual([]);
    expect(engine.limiter.told).toEqual(['settled unsent']);
    expect(await engine.find(id)).toMatchObject({
      status: 'expired',
      attempts: 0,
      error: { code: 'job.deadline-passed' },
    });
  });

  it('a row that cannot be written ends the delivery only once the message is hidden', async () => {
    const { engine, id } = await queuedEngine();
    engine.store.beforeWrite(() => {
      throw new SluiceError('store.unavailable', 'the table does not answer');
    });
    let isHidden = false;
    const expectDeath = async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      isHidden = true;
    };
    const message = { jobId: id, run: 1, sentAtMs: engine.clock.nowMs() };
    await expect(runJob(engine.deps, message, () => 30_000, expectDeath)).rejects.toThrow();
    expect(isHidden).toBe(true);
  });

  it('a row that another worker took stops the call', async () => {
    const { engine, id } = await queuedEngine({
      async execute({ call }) {
        const lease = { owner: 'other', untilMs: engine.clock.nowMs() + 30_000 };
        await engine.alter(id, { status: 'running', attempts: 1, lease });
        await call(callOf('run'));
        return done();
      },
    });
    expect((await engine.deliver(id)).kind).toBe('later');
    expect(engine.vendor.sent).toEqual([]);
    expect(engine.limiter.told).toEqual(['settled unsent']);
    expect((await engine.find(id)).lease?.owner).toBe('other');
  });
});

describe('a slot of a nominal budget', () => {
  const nominal = { ...wide, mode: 'nominal' } as const;
  const options = { budgets: [nominal], connectMs: 120 };

  it('is what a request waits for connected: it connects ahead', async () => {
    const { engine, id, startedAtMs } = await queuedEngine(options);
    engine.limiter.answerWith({ sendInMs: 700, lapsesInMs: 720 });
    await engine.deliver(id);
    const call = (await engine.find(id)).timeline.find(({ event }) => event === 'call');
    expect(call?.at).toBe(startedAtMs + 700 + 40);
    expect(engine.limiter.asked).toHaveLength(1);
  });

  it('that passed while the request connected is left, and the next one taken in place', async () => {
    const { engine, id, startedAtMs } = await queuedEngine(options);
    engine.limiter.answerWith({ sendInMs: 50, lapsesInMs: 70 }, { sendInMs: 80, lapsesInMs: 100 });
    await engine.deliver(id);
    expect(engine.limiter.told).toEqual([
      'settled unsent',
      `settled counted by ${startedAtMs + 120 + 80 + 40}`,
    ]);
    expect(await engine.find(id)).toMatchObject({ status: 'succeeded', attempts: 1 });
    expect(engine.limiter.readyAfterMs).toEqual([120, 0]);
  });

  it('that passes again and again sends the job back, with no attempt counted', async () => {
    const { engine, id } = await queuedEngine(options);
    engine.limiter.answerWith(...Array.from({ length: 4 }, () => ({ lapsesInMs: -1 })));
    expect((await engine.deliver(id)).kind).toBe('later');
    expect(engine.vendor.sent).toEqual([]);
    const job = await engine.find(id);
    expect(job).toMatchObject({ status: 'waiting', attempts: 0 });
    expect(job).not.toHaveProperty('inFlight');
  });

  it('whose successor is far sends the job back until then', async () => {
    const { engine, id, startedAtMs } = await queuedEngine(options);
    engine.limiter.answerWith({ lapsesInMs: 20 }, { reason: 'blocked', waitMs: 9_000 });
    const untilMs = startedAtMs + 120 + 9_000;
    expect(await engine.deliver(id)).toMatchObject({ kind: 'later', untilMs });
    expect(await engine.find(id)).toMatchObject({ waiting: { for: 'blocked' }, attempts: 0 });
  });
});
