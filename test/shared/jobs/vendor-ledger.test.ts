import { describe, expect, it } from 'vitest';
import type { Job } from '../../../shared/jobs/job.ts';
import type { JobContext, VendorAnswer } from '../../../shared/jobs/job-type.ts';
import { UNSETTLED_BOUND_MS } from '../../../shared/limiter/timings.ts';
import { createEngine, type Engine } from './engine.ts';
import { answers, silent, type Turn } from './scripted-vendor.ts';
import { callOf, done, operations } from './step-type.ts';

type Name = keyof typeof operations;

/** A row as a worker leaves it that died after it had sent `name`. */
async function leftInFlight(engine: Engine, name: Name, key: string = name): Promise<string> {
  const { id } = await engine.submit();
  const { repeat } = operations[name];
  const sentAtMs = engine.clock.nowMs() - 60_000;
  await engine.alter(id, {
    status: 'running',
    attempts: 1,
    lease: { owner: 'dead', untilMs: sentAtMs + 31_000 },
    inFlight: { key, operation: name, repeat, sentAtMs },
  });
  return id;
}

const calling =
  (name: Name, look?: () => Promise<boolean>, seen: VendorAnswer[] = []) =>
  async ({ call }: JobContext) => {
    seen.push(await call(callOf(name), look));
    return done();
  };

const standing = ({ status, error, inFlight }: Job): string =>
  [status, error?.code ?? '-', inFlight ? 'in flight' : 'settled'].join(' ');

describe('a call that a dead worker had sent', () => {
  it.each<[Name, string, number]>([
    ['read', 'succeeded - settled', 1],
    ['tag', 'succeeded - settled', 1],
    ['run', 'uncertain provider.no-answer settled', 0],
    ['create', 'uncertain provider.no-answer settled', 0],
  ])('%s ends as %s, sent %i more times', async (name, expected, times) => {
    const engine = createEngine({ execute: calling(name), turns: [answers(200)] });
    const id = await leftInFlight(engine, name);
    expect(standing(await engine.finish(id))).toBe(expected);
    expect(engine.vendor.sent).toHaveLength(times);
  });

  it('is not sent again where a look finds that it took effect', async () => {
    const seen: VendorAnswer[] = [];
    const engine = createEngine({ execute: calling('create', async () => true, seen) });
    const id = await leftInFlight(engine, 'create');
    expect(standing(await engine.finish(id))).toBe('succeeded - settled');
    expect(seen).toEqual([{ from: 'found', status: 0, body: null }]);
    expect(engine.vendor.sent).toEqual([]);
    expect((await engine.find(id)).timeline).toContainEqual(
      expect.objectContaining({ event: 'found', operation: 'create', key: 'create' }),
    );
  });

  it('is sent again where a look finds nothing', async () => {
    const engine = createEngine({
      execute: calling('create', async () => false),
      turns: [answers(201)],
    });
    const id = await leftInFlight(engine, 'create');
    expect(standing(await engine.finish(id))).toBe('succeeded - settled');
    expect(engine.vendor.sent).toEqual(['create create']);
  });

  it('is not looked for where nothing was sent', async () => {
    let looks = 0;
    const look = async (): Promise<boolean> => {
      looks += 1;
      return true;
    };
    const engine = createEngine({ execute: calling('create', look), turns: [answers(201)] });
    await engine.finish((await engine.submit()).id);
    expect([looks, engine.vendor.sent.length]).toEqual([0, 1]);
  });

  it.each<Name>(['create', 'run', 'tag'])(
    'stays in doubt where the job would go on with another write, %s',
    async (name) => {
      const engine = createEngine({ execute: calling(name, async () => true) });
      const id = await leftInFlight(engine, 'run', 'earlier');
      const job = await engine.finish(id);
      expect(standing(job)).toBe('uncertain provider.no-answer in flight');
      expect(job.error?.message).toContain('run was sent and its answer never came');
      expect(engine.vendor.sent).toEqual([]);
    },
  );
});

describe('a read before a write in doubt', () => {
  const readThenWrite =
    (name: Name) =>
    async ({ call }: JobContext) => {
      await call(callOf('read', 'before'));
      const look = async (): Promise<boolean> => {
        const { body } = await call(callOf('read', 'look'));
        return body === 'there';
      };
      await call(callOf(name), look);
      return done();
    };

  it.each<[string, Turn[], Name, string]>([
    ['answered', [answers(200)], 'run', 'uncertain provider.no-answer settled'],
    [
      'refused as too many',
      [answers(429), answers(200)],
      'run',
      'uncertain provider.no-answer settled',
    ],
    ['silent', [silent, answers(200)], 'run', 'uncertain provider.no-answer settled'],
    ['unwell', [answers(503), answers(200)], 'run', 'uncertain provider.no-answer settled'],
    ['refused', [answers(400)], 'run', 'uncertain provider.no-answer in flight'],
  ])('that is %s settles nothing', async (_what, turns, name, expected) => {
    const engine = createEngine({ execute: readThenWrite(name), turns });
    const id = await leftInFlight(engine, name);
    expect(standing(await engine.finish(id))).toBe(expected);
    expect(engine.vendor.sent.filter((it) => it.startsWith('run'))).toEqual([]);
  });

  it('does not let a look that has to wait lose what it looks for', async () => {
    const engine = createEngine({
      execute: readThenWrite('create'),
      turns: [answers(200), answers(429), answers(200, 'there')],
    });
    const id = await leftInFlight(engine, 'create');
    expect(standing(await engine.finish(id))).toBe('succeeded - settled');
    expect(engine.vendor.sent).toEqual(['read before', 'read look', 'read look']);
  });
});

describe('a write in doubt of this very delivery', () => {
  it('is looked for before the job sends it again', async () => {
    let deliveries = 0;
    const engine = createEngine({
      turns: [silent],
      async execute({ call }) {
        deliveries += 1;
        if (deliveries === 1) await call(callOf('create')).catch(() => undefined);
        await call(callOf('create'), async () => true);
        return done();
      },
    });
    const { id } = await engine.submit();
    expect((await engine.finish(id)).status).toBe('succeeded');
    expect(engine.vendor.sent).toEqual(['create create']);
  });

  it('is not looked for while it may still be on its way', async () => {
    const looksMs: number[] = [];
    const engine = createEngine({
      turns: [silent],
      execute: calling('create', async () => {
        looksMs.push(engine.clock.nowMs());
        return true;
      }),
    });
    const { id } = await engine.submit();
    const sentAtMs = engine.clock.nowMs();
    await engine.finish(id);
    expect(looksMs).toHaveLength(1);
    expect((looksMs[0] ?? 0) - sentAtMs).toBeGreaterThanOrEqual(UNSETTLED_BOUND_MS);
  });

  it('is uncertain where the tries ran out before anyone could look', async () => {
    const engine = createEngine({
      turns: [silent],
      execute: calling('create', () => Promise.reject(new Error('the look fails'))),
    });
    const job = await engine.finish((await engine.submit()).id);
    expect(standing(job)).toBe('uncertain provider.no-answer in flight');
    expect(job.error?.message).toContain('an unexpected error occurred');
  });
});

describe('S20 observe', () => {
  it('sends reads, records writes and sends none', async () => {
    const seen: VendorAnswer[] = [];
    const engine = createEngine({
      turns: [answers(200, [1])],
      async execute({ call, observing }) {
        expect(observing).toBe(true);
        seen.push(await call(callOf('read')));
        for (const name of ['tag', 'create', 'run'] as const) seen.push(await call(callOf(name)));
        return done();
      },
    });
    const job = await engine.finish((await engine.submit({ mode: 'observe' })).id);
    expect(engine.vendor.sent).toEqual(['read read']);
    expect(seen.map(({ from }) => from)).toEqual(['wire', 'observed', 'observed', 'observed']);
    const would = job.timeline.flatMap((it) => (it.event === 'would-call' ? it.operation : []));
    expect(would).toEqual(['tag', 'create', 'run']);
    expect(job).toMatchObject({ status: 'succeeded', attempts: 1 });
  });
});
