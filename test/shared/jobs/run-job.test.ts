import { describe, expect, it } from 'vitest';
import { ROW_GRACE_MS } from '../../../shared/jobs/await-row.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import { runJob } from '../../../shared/jobs/run-job.ts';
import { minutes, seconds } from '../../../shared/kernel/duration.ts';
import { createEngine } from './engine.ts';
import { answers } from './scripted-vendor.ts';
import { callOf, catalogOf, done, stepType } from './step-type.ts';

const lifetimeMs = () => seconds(30);

describe('runJob', () => {
  it('runs a job to its outcome: row, result, announcement', async () => {
    const engine = createEngine({ execute: async () => done({ data: { tagged: 2 } }) });
    const { id } = await engine.submit();
    expect((await engine.deliver(id)).kind).toBe('done');
    const job = await engine.find(id);
    expect(job).toMatchObject({
      status: 'succeeded',
      summary: 'done',
      result: { kind: 'inline', json: '{"tagged":2}' },
      finishedBy: 'worker',
      finishedAtMs: engine.clock.nowMs(),
    });
    expect(job).not.toHaveProperty('lease');
    expect(job).not.toHaveProperty('attentionAtMs');
    expect(engine.announcer.announced).toEqual([job]);
  });

  it('knows what it is given: checkpoint, run, account, parameters', async () => {
    const seen: unknown[] = [];
    const type = stepType();
    const catalog = catalogOf({
      ...type,
      async execute({ checkpoint, run, account, observing }, params) {
        seen.push({ checkpoint, run, account, observing, params });
        return done();
      },
    });
    const engine = createEngine({ catalog });
    await engine.finish((await engine.submit({ params: { devices: [3] } })).id);
    expect(seen).toEqual([
      {
        checkpoint: undefined,
        run: 1,
        account: { provider: 'automox', organizationId: 1 },
        observing: false,
        params: { devices: [3] },
      },
    ]);
  });

  it.each<[string, Partial<Job>, object]>([
    ['whose job is gone', {}, { jobId: 'job_none' }],
    ['of an earlier run', { run: 2 }, {}],
    ['of a later run', {}, { run: 9 }],
    ['of a job that a caller ended', { status: 'cancelled', finishedBy: 'caller' }, {}],
  ])('gives up a message %s', async (_what, changes, message) => {
    const engine = createEngine();
    const { id } = await engine.submit();
    await engine.alter(id, changes);
    const sentAtMs = engine.clock.nowMs() - ROW_GRACE_MS - 1;
    const given = { jobId: id, run: 1, sentAtMs, ...message };
    const delivered = await runJob(engine.deps, given, lifetimeMs);
    expect(delivered.kind).toBe('done');
    expect(engine.announcer.announced).toEqual([]);
    expect((await engine.find(id)).attempts).toBe(0);
  });

  it('waits a moment for the row of a message that came before it', async () => {
    const engine = createEngine();
    const { id } = await engine.submit();
    const row = await engine.find(id);
    let looks = 0;
    const find = async () => {
      looks += 1;
      return looks < 3 ? undefined : row;
    };
    const deps = { ...engine.deps, store: { ...engine.deps.store, find } };
    const message = { jobId: id, run: 1, sentAtMs: engine.clock.nowMs() };
    expect((await runJob(deps, message, lifetimeMs)).kind).toBe('done');
    expect((await engine.find(id)).status).toBe('succeeded');
  });

  it('hides a message without a row for as long as its submitter may still run', async () => {
    const engine = createEngine();
    const message = { jobId: 'job_none', run: 1, sentAtMs: engine.clock.nowMs() };
    expect((await runJob(engine.deps, message, lifetimeMs)).kind).toBe('later');
    engine.clock.leapTo(message.sentAtMs + ROW_GRACE_MS);
    expect((await runJob(engine.deps, message, lifetimeMs)).kind).toBe('done');
  });

  it('announces again what a worker finished, for its message came back', async () => {
    const engine = createEngine();
    const { id } = await engine.submit();
    await engine.deliver(id);
    expect((await engine.deliver(id)).kind).toBe('done');
    expect(engine.announcer.announced.map(({ status }) => status)).toEqual([
      'succeeded',
      'succeeded',
    ]);
  });

  it('waits for the worker that holds the job, half a minute at a time', async () => {
    const engine = createEngine();
    const { id } = await engine.submit();
    const nowMs = engine.clock.nowMs();
    await engine.alter(id, { status: 'running', lease: { owner: 'x', untilMs: nowMs + 90_000 } });
    expect(await engine.deliver(id)).toMatchObject({ kind: 'later', untilMs: nowMs + 30_000 });
    engine.clock.leapTo(nowMs + 80_000);
    expect(await engine.deliver(id)).toMatchObject({ kind: 'later', untilMs: nowMs + 90_000 });
    engine.clock.leapTo(nowMs + 89_999);
    expect(await engine.deliver(id)).toMatchObject({ kind: 'later', untilMs: nowMs + 90_000 });
    engine.clock.leapTo(nowMs + 90_000);
    expect((await engine.deliver(id)).kind).toBe('done');
  });

  it('does not start before notBefore', async () => {
    const engine = createEngine();
    const { id } = await engine.submit();
    const notBeforeMs = engine.clock.nowMs() + minutes(10);
    await engine.alter(id, { notBeforeMs });
    expect(await engine.deliver(id)).toMatchObject({ kind: 'later', untilMs: notBeforeMs });
  });

  it('runs a job whose message came before its row said queued', async () => {
    const engine = createEngine({
      turns: [answers(200), answers(200)],
      async execute({ call }) {
        await call(callOf('read'));
        return done();
      },
    });
    for (const status of ['received', 'scheduled'] as const) {
      const { id } = await engine.submit();
      await engine.alter(id, { status });
      expect((await engine.finish(id)).status).toBe('succeeded');
    }
  });
});

describe('a job that does not end by itself', () => {
  it('is cancelled before it starts where a caller asked for that', async () => {
    const engine = createEngine();
    const { id } = await engine.submit();
    await engine.alter(id, { cancelRequested: true });
    await engine.deliver(id);
    expect(await engine.find(id)).toMatchObject({ status: 'cancelled', finishedBy: 'worker' });
  });

  it('expires where its deadline has passed', async () => {
    const engine = createEngine();
    const { id } = await engine.submit();
    engine.clock.leapTo((await engine.find(id)).deadlineMs);
    await engine.deliver(id);
    expect(await engine.find(id)).toMatchObject({
      status: 'expired',
      error: { code: 'job.deadline-passed' },
    });
  });

  it.each(['cancelled', 'expired'])(
    'is uncertain rather than %s where a write is in doubt',
    async (kind) => {
      const engine = createEngine();
      const { id } = await engine.submit();
      const inFlight = { key: 'k', operation: 'run', repeat: 'once', sentAtMs: 1 } as const;
      await engine.alter(id, { inFlight, ...(kind === 'cancelled' && { cancelRequested: true }) });
      if (kind === 'expired') engine.clock.leapTo((await engine.find(id)).deadlineMs);
      await engine.deliver(id);
      const job = await engine.find(id);
      expect(job).toMatchObject({ status: 'uncertain', inFlight });
      expect(job.error).toMatchObject({ code: 'provider.no-answer' });
      expect(job.error?.message).toMatch(/run was sent .*(cancelled|deadline)/);
    },
  );

  it('never waits beyond its deadline', async () => {
    const engine = createEngine({
      async execute({ call }) {
        await call(callOf('read'));
        return done();
      },
    });
    const { id } = await engine.submit();
    const deadlineMs = engine.clock.nowMs() + minutes(1);
    await engine.alter(id, { deadlineMs });
    engine.limiter.answerWith({ reason: 'paused', waitMs: minutes(15) });
    expect(await engine.deliver(id)).toMatchObject({ kind: 'later', untilMs: deadlineMs });
    engine.clock.leapTo(deadlineMs);
    expect((await engine.finish(id)).status).toBe('expired');
  });
});
