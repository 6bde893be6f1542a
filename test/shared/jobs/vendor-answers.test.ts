import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import type { VendorAnswer } from '../../../shared/jobs/job-type.ts';
import { CALL_TIMEOUT_MS, FLIGHT_ALLOWANCE_MS } from '../../../shared/limiter/timings.ts';
import { createEngine, type Engine } from './engine.ts';
import { ANSWER_MS, answers, silent, type Turn, unreachable } from './scripted-vendor.ts';
import { callOf, done, operations } from './step-type.ts';

type Name = keyof typeof operations;

const html = { kind: 'html', text: '<html>' } as const;
const cut = {
  kind: 'malformed',
  reason: 'half-body',
  error: new SluiceError('provider.malformed-answer', 'cut'),
} as const;

/** One delivery of a job that makes one call. */
async function callOnce(name: Name, turn: Turn) {
  let answer: VendorAnswer | undefined;
  const engine = createEngine({
    turns: [turn],
    async execute({ call }) {
      answer = await call(callOf(name));
      return done();
    },
  });
  const { id } = await engine.submit();
  const startedAtMs = engine.clock.nowMs();
  await engine.deliver(id);
  return { engine, job: await engine.find(id), answer, startedAtMs };
}

/** What the row then says: status, code of the error, the call still in the ledger. */
const standing = ({ status, error, inFlight }: Job): string =>
  [status, error?.code ?? '-', inFlight ? 'in flight' : 'settled'].join(' ');

describe('a vendor call that is answered', () => {
  it.each<Name>(['read', 'tag', 'create', 'run'])(
    'gives a job the status and the body of a 2xx to %s',
    async (name) => {
      const { job, answer } = await callOnce(name, answers(201, { id: 9 }));
      expect(answer).toEqual({ from: 'wire', status: 201, body: { id: 9 } });
      expect(standing(job)).toBe('succeeded - settled');
      expect(job.attempts).toBe(1);
    },
  );

  it('gives the job what its row seals beside the body, where nothing shows it', async () => {
    const sealed = { ...operations.create, sealedFields: ['secret', 'absent'] };
    let answer: VendorAnswer | undefined;
    const engine = createEngine({
      turns: [answers(201, { data: { id: 9, secret: 'canary' } })],
      async execute({ call }) {
        answer = await call({ operation: sealed, key: 'create' });
        return done();
      },
    });
    const { id } = await engine.submit();
    await engine.deliver(id);
    expect(answer?.body).toEqual({ data: { id: 9 } });
    expect(answer?.sealed?.['secret']?.reveal()).toBe('canary');
    expect(Object.keys(answer?.sealed ?? {})).toEqual(['secret']);
    expect(JSON.stringify([answer, await engine.find(id)])).not.toContain('canary');
  });

  it.each(['secretFields', 'sealedFields'])('gives no text in place of %s', async (fields) => {
    let answer: VendorAnswer | undefined;
    const operation = { ...operations.create, [fields]: ['secret'] };
    const engine = createEngine({
      turns: [answers(201, { kind: 'text', text: 'secret=canary' })],
      async execute({ call }) {
        answer = await call({ operation, key: 'create' });
        return done();
      },
    });
    const { id } = await engine.submit();
    await engine.deliver(id);
    expect(answer).toEqual({ from: 'wire', status: 201, body: null });
    expect(JSON.stringify(await engine.find(id))).not.toContain('canary');
  });

  it('gives null for an empty body', async () => {
    const { answer } = await callOnce('create', answers(201, { kind: 'empty' }));
    expect(answer).toEqual({ from: 'wire', status: 201, body: null });
  });

  it.each([
    ['is the body where its row says that text is an answer', true, []],
    [
      'is the body with a warning where its row does not',
      undefined,
      ['create answered 200 with plain text; the call took effect'],
    ],
  ])('of which the text %s', async (_what, textAnswer, warnings) => {
    let answer: VendorAnswer | undefined;
    const operation = { ...operations.create, ...(textAnswer && { textAnswer }) };
    const engine = createEngine({
      turns: [answers(200, { kind: 'text', text: 'made schexp-1' })],
      async execute({ call }) {
        answer = await call({ operation, key: 'create' });
        return done();
      },
    });
    const { id } = await engine.submit();
    await engine.deliver(id);
    expect(answer?.body).toBe('made schexp-1');
    expect((await engine.find(id)).warnings ?? []).toEqual(warnings);
  });

  it('tightens the bound of its permit to the instant of the answer', async () => {
    const { engine, startedAtMs } = await callOnce('tag', answers(200));
    expect(engine.limiter.told).toEqual([`settled counted by ${startedAtMs + ANSWER_MS}`]);
  });

  it('writes the call into the timeline with its request id', async () => {
    const { job, startedAtMs } = await callOnce('tag', answers(200));
    expect(job.timeline.map(({ event }) => event)).toEqual([
      'received',
      'queued',
      'started',
      'call',
      'outcome',
    ]);
    expect(job.timeline.at(-2)).toEqual({
      at: startedAtMs + ANSWER_MS,
      event: 'call',
      operation: 'tag',
      key: 'tag',
      status: 200,
      elapsedMs: ANSWER_MS,
      requestId: 'r-200',
    });
  });
});

describe('a vendor call of each repeat class', () => {
  it.each<[string, Turn, Name, string]>([
    ['is not let in', answers(401), 'read', 'failed provider.unauthorized settled'],
    ['is not let in', answers(403), 'run', 'failed provider.unauthorized settled'],
    ['is refused', answers(400), 'read', 'failed provider.rejected settled'],
    ['is refused', answers(422), 'tag', 'failed provider.rejected settled'],
    ['is refused', answers(400), 'create', 'failed provider.rejected settled'],
    ['is refused', answers(400), 'run', 'failed provider.rejected settled'],
    ['meets a vendor that is unwell', answers(503), 'read', 'waiting provider.unavailable settled'],
    ['meets a vendor that is unwell', answers(500), 'tag', 'waiting provider.unavailable settled'],
    [
      'meets a vendor that is unwell',
      answers(500),
      'create',
      'waiting provider.unavailable in flight',
    ],
    ['meets a vendor that is unwell', answers(500), 'run', 'uncertain provider.no-answer settled'],
    ['gets no answer', silent, 'read', 'waiting provider.timed-out settled'],
    ['gets no answer', silent, 'tag', 'waiting provider.timed-out settled'],
    ['gets no answer', silent, 'create', 'waiting provider.timed-out in flight'],
    ['gets no answer', silent, 'run', 'uncertain provider.no-answer settled'],
    ['is never sent', unreachable, 'read', 'waiting provider.unreachable settled'],
    ['is never sent', unreachable, 'tag', 'waiting provider.unreachable settled'],
    ['is never sent', unreachable, 'create', 'waiting provider.unreachable settled'],
    ['is never sent', unreachable, 'run', 'waiting provider.unreachable settled'],
    ['gets a page', answers(200, html), 'read', 'waiting provider.malformed-answer settled'],
    ['gets a page', answers(200, html), 'run', 'uncertain provider.no-answer settled'],
    ['gets half a body', answers(200, cut), 'read', 'waiting provider.malformed-answer settled'],
    ['gets half a body', answers(201, cut), 'tag', 'succeeded - settled'],
    ['gets half a body', answers(201, cut), 'create', 'succeeded - settled'],
    ['gets half a body', answers(201, cut), 'run', 'succeeded - settled'],
  ])('that %s (%#) leaves a %s', async (_what, turn, name, expected) => {
    const { job, engine } = await callOnce(name, turn);
    expect(standing(job)).toBe(expected);
    expect(engine.vendor.sent).toHaveLength(1);
    expect(engine.limiter.told).toHaveLength(1);
  });

  it('warns where a write took effect and its body was lost', async () => {
    const { job, answer } = await callOnce('run', answers(201, cut));
    expect(job.warnings).toEqual([
      'run answered 201 with an unreadable body; the call took effect',
    ]);
    expect(answer?.body).toBeNull();
  });

  it('shows a person what failed: code, status and request id, never the cause', async () => {
    const { job } = await callOnce('tag', answers(400));
    expect(job.error).toEqual({
      code: 'provider.rejected',
      message: 'wrong',
      vendorStatus: 400,
      vendorRequestId: 'r-400',
    });
  });
});

describe('a vendor call without an answer', () => {
  it('keeps its permit until the vendor can no longer count it', async () => {
    const { engine, job, startedAtMs } = await callOnce('tag', silent);
    const boundAtMs = startedAtMs + CALL_TIMEOUT_MS + FLIGHT_ALLOWANCE_MS;
    expect(engine.limiter.told).toEqual([`settled counted by ${boundAtMs}`]);
    expect(job.timeline).toContainEqual({
      at: startedAtMs + CALL_TIMEOUT_MS,
      event: 'call',
      operation: 'tag',
      key: 'tag',
      elapsedMs: CALL_TIMEOUT_MS,
      problem: 'provider.no-answer',
    });
  });

  it('gives its permit back, and is no attempt, where it never left', async () => {
    const { engine, job } = await callOnce('tag', unreachable);
    expect(engine.limiter.told).toEqual(['settled unsent']);
    expect(job).toMatchObject({ attempts: 0, failures: 1 });
  });
});

describe('an answer that cannot be settled', () => {
  it.each<Name>(['tag', 'run'])('is kept all the same: %s', async (name) => {
    const engine = createEngine({
      turns: [answers(200, { ok: true }, { 'x-limit': '50' })],
      execute: async ({ call }) => done({ data: (await call(callOf(name))).body }),
    });
    engine.limiter.failWith(new SluiceError('store.unavailable', 'the table does not answer'));
    expect(await outcomeOf(engine)).toMatchObject({
      status: 'succeeded',
      result: { kind: 'inline', json: '{"ok":true}' },
    });
  });

  it('does not hide a defect of the limiter', async () => {
    const engine = createEngine({
      turns: [answers(200)],
      execute: async ({ call }) => done({ data: (await call(callOf('tag'))).body }),
    });
    engine.limiter.failWith(new TypeError('undefined is not a permit'));
    expect(await outcomeOf(engine)).toMatchObject({
      status: 'waiting',
      error: { code: 'internal.unexpected', message: 'an unexpected error occurred' },
    });
  });
});

async function outcomeOf(engine: Engine): Promise<Job> {
  const { id } = await engine.submit();
  await engine.deliver(id);
  return engine.find(id);
}
