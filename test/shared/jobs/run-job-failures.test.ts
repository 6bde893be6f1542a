import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../shared/errors/provider-error.ts';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import { FAILURES_MAX } from '../../../shared/jobs/retry-policy.ts';
import { createEngine } from './engine.ts';
import { answers } from './scripted-vendor.ts';
import { callOf, done } from './step-type.ts';

const down = new SluiceError('store.unavailable', 'the table does not answer');
const unwell = new ProviderError('provider.unavailable', 'the vendor is not well');

describe('a job that fails', () => {
  it.each([
    ['job.refused', 'failed'],
    ['account.secret-missing', 'failed'],
    ['provider.rejected', 'failed'],
    ['job.unknown-account', 'failed'],
    ['provider.no-answer', 'uncertain'],
  ] as const)('of %s ends at once as %s', async (code, status) => {
    const engine = createEngine({
      execute: () => Promise.reject(new ProviderError(code, 'because')),
    });
    const job = await engine.finish((await engine.submit()).id);
    expect(job).toMatchObject({ status, error: { code, message: 'because' }, failures: 0 });
    expect(engine.announcer.announced).toHaveLength(1);
  });

  it('is tried again with growing pauses, then parked', async () => {
    const engine = createEngine({ execute: () => Promise.reject(unwell) });
    const { id } = await engine.submit();
    const waits: number[] = [];
    for (let tries = 1; tries < FAILURES_MAX; tries += 1) {
      const delivered = await engine.deliver(id);
      if (delivered.kind === 'done') break;
      waits.push(delivered.untilMs - engine.clock.nowMs());
      expect(await engine.find(id)).toMatchObject({ status: 'waiting', failures: tries });
      engine.clock.leapTo(delivered.untilMs);
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect((await engine.deliver(id)).kind).toBe('done');
    expect(await engine.find(id)).toMatchObject({
      status: 'failed',
      error: { code: 'provider.unavailable' },
    });
  });

  it('waits for a store that is away for as long as it takes: no try is counted', async () => {
    let triesLeft = 3 * FAILURES_MAX;
    const engine = createEngine({
      async execute() {
        triesLeft -= 1;
        if (triesLeft > 0) throw down;
        return done();
      },
    });
    const { id } = await engine.submit();
    expect(await engine.deliver(id)).toMatchObject({ kind: 'later' });
    expect(await engine.find(id)).toMatchObject({
      status: 'waiting',
      failures: 0,
      error: { code: 'store.unavailable' },
    });
    expect(await engine.finish(id)).toMatchObject({ status: 'succeeded', failures: 0 });
  });

  it('has all its tries again once it got further', async () => {
    let calls = 0;
    const engine = createEngine({
      async execute({ checkpointAt }) {
        calls += 1;
        checkpointAt({ step: Math.floor(calls / 4) });
        if (calls < 20) throw unwell;
        return done();
      },
    });
    const job = await engine.finish((await engine.submit()).id);
    expect([job.status, calls]).toEqual(['succeeded', 20]);
  });

  it('does not show the text of an unknown error', async () => {
    const engine = createEngine({
      execute: () => Promise.reject(new TypeError('secret at /var/task/index.js')),
    });
    const { id } = await engine.submit();
    await engine.deliver(id);
    expect((await engine.find(id)).error).toEqual({
      code: 'internal.unexpected',
      message: 'an unexpected error occurred',
    });
  });

  it.each<[string, Partial<Job>, RegExp, string[]]>([
    ['whose type is gone', { type: 'automox.test.gone' }, /no longer a job type/, []],
    [
      'whose parameters no longer fit',
      { paramsJson: '{"devices":["x"],"old":1}' },
      /no longer match/,
      ['params.devices[0]', 'params.old'],
    ],
  ])('is parked as stale %s', async (_what, changes, message, fields) => {
    const engine = createEngine();
    const { id } = await engine.submit();
    await engine.alter(id, changes);
    const job = await engine.finish(id);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'job.stale-input' } });
    expect(job.error?.message).toMatch(message);
    expect((job.error?.fields ?? []).map(({ field }) => field)).toEqual(fields);
  });

  it('loses its error once it succeeds', async () => {
    let calls = 0;
    const engine = createEngine({
      async execute() {
        calls += 1;
        if (calls === 1) throw down;
        return done();
      },
    });
    const job = await engine.finish((await engine.submit()).id);
    expect(job).not.toHaveProperty('error');
    expect(job.status).toBe('succeeded');
  });
});

describe('an outcome that cannot be', () => {
  it('announced keeps the message, and the row stays finished', async () => {
    const engine = createEngine();
    const { id } = await engine.submit();
    engine.announcer.refuse(1);
    await expect(engine.deliver(id)).rejects.toMatchObject({ code: 'store.unavailable' });
    expect((await engine.find(id)).status).toBe('succeeded');
    expect((await engine.deliver(id)).kind).toBe('done');
    expect(engine.announcer.announced.map((job) => job.status)).toEqual(['succeeded']);
  });

  it('stored keeps the message, and the write that was made is not made again', async () => {
    const engine = createEngine({
      turns: [answers(200)],
      async execute({ call }) {
        await call(callOf('run'));
        return done();
      },
    });
    const { id } = await engine.submit();
    let refusals = 1;
    engine.store.beforeWrite((_kind, row) => {
      if (row.finishedAtMs !== undefined && refusals-- > 0) throw down;
    });
    await expect(engine.deliver(id)).rejects.toThrow(down);
    expect((await engine.find(id)).status).toBe('running');
    expect((await engine.finish(id)).status).toBe('uncertain');
    expect(engine.vendor.sent).toEqual(['run run']);
  });
});
