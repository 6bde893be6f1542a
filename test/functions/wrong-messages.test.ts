import { beforeAll, describe, expect, it } from 'vitest';
import type { Job, WayIn } from '../../shared/jobs/job.ts';
import { isJsonObject } from '../../shared/kernel/json.ts';
import { createEngine } from '../shared/jobs/engine.ts';
import {
  goodMessage,
  textOf,
  type WrongMessage,
  wrongMessages,
  wrongTexts,
} from '../shared/jobs/wrong-messages.ts';
import { github } from '../shared/webhooks/signing.ts';
import { createApiBench } from './api/api-bench.ts';
import { createIntakeBench } from './intake/intake-bench.ts';
import { busEvent, sqsRecord } from './intake/sqs-records.ts';
import { createWebhookBench } from './webhook/webhook-bench.ts';

const GOOD_EVERY = 10;

const engine = createEngine();
const api = createApiBench(engine);
const intake = createIntakeBench(engine);
const hook = createWebhookBench({ engine, sender: github, mapping: 'payload.job' });

const isObject = ({ message }: WrongMessage): boolean => isJsonObject(message);
const hasNoKey = ({ message }: WrongMessage): boolean =>
  isJsonObject(message) && message['idempotencyKey'] === undefined;
const isSmall = ({ code }: WrongMessage): boolean => code !== 'request.too-large';

interface Entrance {
  readonly way: WayIn;
  /** What can come in this way at all. */
  readonly wrong: readonly WrongMessage[];
  send(text: string, nth: number, isJson: boolean): Promise<unknown>;
}

const takeOne = (body: unknown): Promise<unknown> => intake.take(sqsRecord(body));

/** Every way in. An event and a schedule carry JSON by their nature; a webhook carries its own. */
const entrances: readonly Entrance[] = [
  { way: 'http', wrong: [...wrongMessages, ...wrongTexts], send: (text) => api.post(text) },
  { way: 'queue', wrong: [...wrongMessages, ...wrongTexts], send: takeOne },
  {
    way: 'event',
    wrong: wrongMessages,
    send: (text, nth) => takeOne(busEvent(JSON.parse(text), `event-${nth}`)),
  },
  {
    way: 'schedule',
    wrong: wrongMessages.filter(hasNoKey),
    send: (text, nth) =>
      takeOne({ ...JSON.parse(text), idempotencyKey: `schedule:nightly:time-${nth}` }),
  },
  {
    way: 'webhook',
    wrong: [...wrongMessages.filter(isObject), ...wrongTexts.filter(isSmall)],
    send: (text, nth, isJson) => {
      const body = isJson ? `{"job":${text}}` : text;
      return hook.post(body, { ...hook.sign(body), 'x-github-delivery': `delivery-${nth}` });
    },
  },
];

const rows: Job[] = [];
const rowsOf = (way: WayIn, rejected: boolean): readonly Job[] =>
  rows.filter(({ origin, status }) => origin.way === way && rejected === (status === 'rejected'));

const reasonsOf = (code = '-', fields: readonly string[] = []): string =>
  `${code}: ${fields.join(', ')}`;

beforeAll(async () => {
  for (const { wrong, send } of entrances) {
    for (const [nth, message] of wrong.entries()) {
      await send(textOf(message), nth, !wrongTexts.includes(message));
      if (nth % GOOD_EVERY === 0) await send(JSON.stringify(goodMessage), 10_000 + nth, true);
    }
  }
  const { jobs } = await engine.store.list({ limit: 10_000 });
  rows.push(...(await Promise.all(jobs.map(({ id }) => engine.find(id)))));
});

describe('wrong messages of different kinds', () => {
  it('are more than a hundred, no two the same', () => {
    const texts = [...wrongMessages, ...wrongTexts].map(textOf);
    expect(texts.length).toBeGreaterThan(100);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it.each(entrances)('are recorded one by one, with code and fields, by $way', (entrance) => {
    const recorded = rowsOf(entrance.way, true).map(({ error }) =>
      reasonsOf(
        error?.code,
        error?.fields?.map(({ field }) => field),
      ),
    );
    const expected = entrance.wrong.map(({ code, fields }) => reasonsOf(code, fields));
    expect(recorded.toSorted()).toEqual(expected.toSorted());
    expect(expected.length).toBeGreaterThan(80);
  });

  it.each(entrances)('stop no good one by $way: each becomes a job', ({ way, wrong }) => {
    const accepted = rowsOf(way, false);
    expect(accepted).toHaveLength(Math.ceil(wrong.length / GOOD_EVERY));
    expect(new Set(accepted.map(({ status }) => status))).toEqual(new Set(['queued']));
  });

  it('reach no lane', () => {
    const queued = rows.filter(({ status }) => status === 'queued').map(({ id }) => id);
    expect(engine.queue.sent.map(({ jobId }) => jobId).toSorted()).toEqual(queued.toSorted());
  });

  it('of the intake queue are kept as they came', () => {
    const ways = ['queue', 'event', 'schedule'] as const;
    const rejected = ways.flatMap((way) => rowsOf(way, true));
    expect(intake.kept).toHaveLength(rejected.length);
    const asTheyCame = intake.kept.map(({ body }) => body);
    expect(wrongTexts.filter((wrong) => !asTheyCame.includes(textOf(wrong)))).toEqual([]);
  });
});
