import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { retryJob } from '../../../shared/jobs/control-job.ts';
import type { Operation } from '../../../shared/jobs/operation.ts';
import { hours, minutes, seconds } from '../../../shared/kernel/duration.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../shared/kernel/json.ts';
import { createEngine, type Engine } from './engine.ts';
import { answers, silent, type Turn } from './scripted-vendor.ts';
import { callOf, done, type Execute, operations } from './step-type.ts';

const DENIED = { reason: 'permit', waitMs: seconds(30) } as const;

/** Reads `first` and `second` and sends what they answered. */
const readTwiceAndTag: Execute = async ({ call }) => {
  const first = await call(callOf('read', 'first'));
  const second = await call(callOf('read', 'second'));
  await call({ ...callOf('tag'), body: [first.body, second.body] });
  return done({ data: [first.body, second.body] });
};

const answered = (...values: readonly Json[]): Turn[] => values.map((value) => answers(200, value));

/** The first delivery ends at the permit of its second call. */
async function deniedAtSecond(engine: Engine): Promise<string> {
  const { id } = await engine.submit();
  engine.limiter.answerWith({}, DENIED);
  await engine.deliver(id);
  expect(engine.vendor.sent).toEqual(['read first']);
  return id;
}

describe('what a delivery read before it had to wait for a permit', () => {
  it('is given to the next one: where permits come one at a time, each is a step', async () => {
    const turns = answered({ n: 2n ** 60n }, 'b', 'c');
    const engine = createEngine({ execute: readTwiceAndTag, turns });
    const { id } = await engine.submit();
    engine.limiter.answerWith({}, DENIED, {}, DENIED, {});
    const job = await engine.finish(id);
    expect(engine.vendor.sent).toEqual(['read first', 'read second', 'tag tag']);
    expect(job).toMatchObject({ status: 'succeeded', attempts: 3 });
    expect(job.result).toEqual({ kind: 'inline', json: '[{"n":1152921504606846976},"b"]' });
  });

  it('is kept while the delivery after it gets no permit at all', async () => {
    const engine = createEngine({ execute: readTwiceAndTag, turns: answered('a', 'b', 'c') });
    const id = await deniedAtSecond(engine);
    const { keptReads } = await engine.find(id);
    engine.limiter.answerWith(DENIED);
    await engine.deliver(id);
    expect((await engine.find(id)).keptReads).toEqual(keptReads);
    await engine.finish(id);
    expect(engine.vendor.sent).toEqual(['read first', 'read second', 'tag tag']);
  });

  it('is given where the time of the function was over as well', async () => {
    const engine = createEngine({ execute: readTwiceAndTag, turns: answered('a', 'b', 'c') });
    const { id } = await engine.submit();
    await engine.deliver(id, seconds(19) + 10);
    expect(await engine.find(id)).toMatchObject({ waiting: { for: 'continue' }, attempts: 1 });
    await engine.finish(id);
    expect(engine.vendor.sent).toEqual(['read first', 'read second', 'tag tag']);
  });

  it('is given to a call that asks the same alone', async () => {
    let page = 1;
    const engine = createEngine({
      async execute({ call }) {
        const { body } = await call({ ...callOf('read', 'first'), query: { page } });
        await call(callOf('read', 'second'));
        return done({ data: body });
      },
      turns: answered('page 1', 'page 2', 'second'),
    });
    const id = await deniedAtSecond(engine);
    page = 2;
    expect((await engine.finish(id)).result).toEqual({ kind: 'inline', json: '"page 2"' });
  });

  it('is given once a delivery: who asks twice is told how it stands now', async () => {
    const engine = createEngine({
      async execute({ call }) {
        const states = [await call(callOf('read', 'state')), await call(callOf('read', 'state'))];
        return done({ data: states.map(({ body }) => body) });
      },
      turns: answered('off', 'on'),
    });
    const { id } = await engine.submit();
    engine.limiter.answerWith({}, DENIED);
    expect((await engine.finish(id)).result).toEqual({ kind: 'inline', json: '["off","on"]' });
  });

  it('is read again after an hour', async () => {
    const engine = createEngine({ execute: readTwiceAndTag, turns: answered('a', 'A', 'b', 'c') });
    const id = await deniedAtSecond(engine);
    engine.clock.leapTo(engine.clock.nowMs() + hours(1));
    expect((await engine.finish(id)).result).toEqual({ kind: 'inline', json: '["A","b"]' });
  });

  it('is read again by the next run of the job', async () => {
    const engine = createEngine({ execute: readTwiceAndTag, turns: answered('a', 'A', 'b', 'c') });
    const id = await deniedAtSecond(engine);
    await engine.alter(id, { cancelRequested: true });
    expect((await engine.finish(id)).status).toBe('cancelled');
    await retryJob(engine.deps, id);
    expect((await engine.finish(id)).result).toEqual({ kind: 'inline', json: '["A","b"]' });
  });
});

describe('what was read before something else happened', () => {
  it('says nothing after a write', async () => {
    const engine = createEngine({
      async execute({ call }) {
        const before = await call(callOf('read', 'state'));
        if (before.body === 'off') await call(callOf('tag', 'switch on'));
        const after = await call(callOf('read', 'after'));
        return done({ data: [before.body, after.body] });
      },
      turns: answered('off', 'switched', 'on', 'on'),
    });
    const { id } = await engine.submit();
    engine.limiter.answerWith({}, {}, DENIED);
    expect((await engine.finish(id)).result).toEqual({ kind: 'inline', json: '["on","on"]' });
  });

  it('says nothing once a write in doubt is found to have taken effect', async () => {
    const engine = createEngine({
      async execute({ call }) {
        const before = await call(callOf('read', 'before'));
        if (before.body === 'none') {
          const look = () => call(callOf('read', 'look'));
          await call(callOf('create'), async () => (await look()).body === 'there');
        }
        await call(callOf('read', 'after'));
        return done();
      },
      turns: [answers(200, 'none'), silent, ...answered('none', 'there', 'there', 'there')],
    });
    const { id } = await engine.submit();
    engine.limiter.answerWith({}, {}, {}, {}, DENIED);
    expect(await engine.finish(id)).toMatchObject({ status: 'succeeded' });
    const looked = ['read before', 'create create', 'read before', 'read look'];
    expect(engine.vendor.sent).toEqual([...looked, 'read before', 'read after']);
  });

  it('is not carried beyond a new checkpoint', async () => {
    const engine = createEngine({
      async execute({ call, checkpoint, checkpointAt }) {
        const { body } = await call(callOf('read', 'first'));
        if (checkpoint === undefined) checkpointAt({ first: body });
        await call(callOf('read', 'second'));
        return done({ data: body });
      },
      turns: answered('a', 'A', 'b'),
    });
    const id = await deniedAtSecond(engine);
    expect((await engine.find(id)).keptReads).toBeUndefined();
    engine.limiter.answerWith({}, DENIED);
    expect((await engine.finish(id)).result).toEqual({ kind: 'inline', json: '"A"' });
    expect(engine.vendor.sent).toEqual(['read first', 'read first', 'read second']);
  });

  it.each(['a failed try', 'a rest outside of the queue'])(
    'is read again after %s',
    async (end) => {
      let deliveries = 0;
      const engine = createEngine({
        async execute({ call, comeBackAt, nowMs }) {
          deliveries += 1;
          const { body } = await call(callOf('read', 'first'));
          if (deliveries === 1 && end === 'a failed try') {
            throw new SluiceError('provider.malformed-answer', 'not to be understood');
          }
          if (deliveries === 1) return comeBackAt(nowMs() + minutes(5));
          return done({ data: body });
        },
        turns: answered('a', 'A'),
      });
      const { id } = await engine.submit();
      await engine.deliver(id);
      expect((await engine.find(id)).keptReads).toBeUndefined();
      await engine.alter(id, { status: 'queued' });
      expect((await engine.finish(id)).result).toEqual({ kind: 'inline', json: '"A"' });
    },
  );

  it('says nothing once any other worker has sent a call, of whichever version it is', async () => {
    const engine = createEngine({ execute: readTwiceAndTag, turns: answered('a', 'A', 'b', 'c') });
    const id = await deniedAtSecond(engine);
    await engine.alter(id, { attempts: 2 });
    expect((await engine.finish(id)).result).toEqual({ kind: 'inline', json: '["A","b"]' });
  });
});

describe('reads that cannot be kept', () => {
  it.each<{ what: string; change: (note: JsonObject) => Json }>([
    { what: 'of a delivery that was overtaken', change: (note) => ({ ...note, id: 'r_another' }) },
    { what: 'that another version wrote', change: (note) => ({ ...note, version: 2 }) },
  ])('are made again in place of a note $what', async ({ change }) => {
    const engine = createEngine({ execute: readTwiceAndTag, turns: answered('a', 'A', 'b', 'c') });
    const id = await deniedAtSecond(engine);
    const job = await engine.find(id);
    const note = await engine.results.findNote(job, 'reads');
    if (!isJsonObject(note)) throw new TypeError('nothing is kept');
    await engine.results.putNote(job, 'reads', change(note));
    expect((await engine.finish(id)).result).toEqual({ kind: 'inline', json: '["A","b"]' });
  });

  it('are made again where the store does not answer, and no try is counted', async () => {
    const engine = createEngine({ execute: readTwiceAndTag, turns: answered('a', 'A', 'b', 'c') });
    const gone = async () => {
      throw new SluiceError('store.unavailable', 'no answer');
    };
    Object.assign(engine.results, { putNote: gone, findNote: gone });
    const id = await deniedAtSecond(engine);
    expect(await engine.find(id)).toMatchObject({ waiting: { for: 'permit' } });
    const job = await engine.finish(id);
    expect(job).toMatchObject({ status: 'succeeded', failures: 0 });
    expect(job.result).toEqual({ kind: 'inline', json: '["A","b"]' });
  });

  it('are made again where the note cannot be read, and no try is counted', async () => {
    const engine = createEngine({ execute: readTwiceAndTag, turns: answered('a', 'A', 'b', 'c') });
    const id = await deniedAtSecond(engine);
    const findNote = async () => {
      throw new SluiceError('store.unavailable', 'no answer');
    };
    Object.assign(engine.results, { findNote });
    expect(await engine.finish(id)).toMatchObject({ status: 'succeeded', failures: 0 });
  });

  it('are made again where they hold what only the job may see', async () => {
    const sealing: Operation = { ...operations.read, sealedFields: ['secret'] };
    const engine = createEngine({
      async execute({ call }) {
        const { sealed } = await call({ operation: sealing, key: 'first' });
        await call(callOf('read', 'second'));
        return done({ data: Object.keys(sealed ?? {}) });
      },
      turns: answered({ secret: 'wh-1' }, { secret: 'wh-1' }, 'b'),
    });
    const { id } = await engine.submit();
    engine.limiter.answerWith({}, DENIED);
    await engine.deliver(id);
    expect((await engine.find(id)).keptReads).toBeUndefined();
    expect((await engine.finish(id)).result).toEqual({ kind: 'inline', json: '["secret"]' });
  });
});
