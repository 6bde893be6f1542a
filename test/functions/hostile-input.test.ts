/** Anything at all, at every entrance: an answer or a recorded refusal, never a crash. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apiRoutes } from '../../functions/api/contract.ts';
import { createWorker } from '../../functions/worker/worker.ts';
import { parseConfig } from '../../shared/config/sluice-config.ts';
import { SluiceError } from '../../shared/errors/sluice-error.ts';
import { checkConfig } from '../../shared/providers/check-config.ts';
import { sampleConfig } from '../shared/config/sample-config.ts';
import { createEngine } from '../shared/jobs/engine.ts';
import { goodMessage } from '../shared/jobs/wrong-messages.ts';
import { createMemoryLog } from '../shared/lambda/log-lines.ts';
import { senders } from '../shared/webhooks/signing.ts';
import { createApiBench } from './api/api-bench.ts';
import { createIntakeBench } from './intake/intake-bench.ts';
import { busEvent, snsNotification, sqsEvent, sqsRecord } from './intake/sqs-records.ts';
import { createWebhookBench } from './webhook/webhook-bench.ts';

const rules = (seed: number) => ({ seed, numRuns: 150 });

const CANARY = 'canary-authorization-3f9c';

const poison = fc.constantFrom(
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '%2f..%2f',
  '{{7*7}}',
  '<img onerror=x>',
  '\u0000',
  '\ud800',
  "'; DROP TABLE jobs",
  '9'.repeat(400),
);
const word = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), poison);
const value = fc.oneof(fc.jsonValue(), word, fc.maxSafeInteger(), fc.constant(1e308));

/** A good thing with any of its fields otherwise, and fields that nobody knows. */
const changed = (good: object) =>
  fc
    .dictionary(fc.oneof(fc.constantFrom(...Object.keys(good)), word), value, { maxKeys: 4 })
    .map((changes) => ({ ...good, ...changes }));

const fields = {
  tenant: 'a',
  priority: 'urgent',
  mode: 'run',
  idempotencyKey: 'k',
  taskToken: 't',
};
const message = changed({ ...goodMessage, ...fields, notBefore: '2026-03-02T00:00:00Z' });
const deep = fc.nat({ max: 60 }).map((levels) => '['.repeat(levels) + ']'.repeat(levels));
const text = fc.oneof(
  message.map((it) => JSON.stringify(it)),
  deep,
  fc.json(),
  word,
  fc.constant(`"${'x'.repeat(262_144)}"`),
);
const body = fc.oneof(text, fc.uint8Array({ maxLength: 300 }));
const headers = fc
  .dictionary(fc.oneof(fc.constantFrom('content-type', 'host', 'x-amzn-trace-id'), word), word)
  .map((some) => ({ ...some, authorization: `Bearer ${CANARY}` }));

/** Nothing of the caller's credential may be kept or told. */
const expectUntold = (...sinks: readonly unknown[]) =>
  expect(JSON.stringify(sinks)).not.toContain(CANARY);

describe('S7 whatever comes to the API', () => {
  const routes = apiRoutes.map(({ route }) => route);
  const path = fc.record({ id: word, provider: word, account: word, name: word });

  it.each(routes)('is answered at %s, never with 500', async (route) => {
    await fc.assert(
      fc.asyncProperty(path, fc.dictionary(word, word), headers, body, async (...parts) => {
        const [places, query, head, sent] = parts;
        const bench = createApiBench();
        const asked = { path: places, query, headers: head, body: sent };
        const { status, body: told, bytes } = await bench.ask(route, asked);
        expect(status).toBeLessThan(500);
        if (Number(status) >= 400) expect(told).toHaveProperty('code');
        const { jobs } = await bench.engine.store.list({ limit: 10 });
        const rows = await Promise.all(jobs.map(({ id }) => bench.engine.find(id)));
        expectUntold(bytes.toString(), rows, bench.log.lines, bench.engine.queue.sent);
      }),
      { ...rules(71), numRuns: 60 },
    );
  });

  it('S7 makes a job of a message, or names what is wrong with it', async () => {
    await fc.assert(
      fc.asyncProperty(message, async (sent) => {
        const { status, body: told } = await createApiBench().post(sent);
        expect([202, 400, 413]).toContain(status);
        if (status === 400) expect(told['fields']).not.toEqual([]);
      }),
      rules(72),
    );
  });
});

describe.each(senders)('S7 whatever comes to a webhook of $name', (sender) => {
  it('is answered, signed or not, never with 500', async () => {
    await fc.assert(
      fc.asyncProperty(body, headers, fc.boolean(), async (sent, head, isSigned) => {
        const bench = createWebhookBench({ sender });
        const signed = isSigned ? bench.sign(sent) : {};
        const posted = await bench.post(sent, { ...head, ...signed });
        expect(isSigned ? [202, 400, 413, 422] : [401, 413]).toContain(posted.status);
        expectUntold(posted, await bench.rows(), bench.log.lines);
      }),
      rules(73),
    );
  });
});

describe('S7 whatever comes to the intake queue', () => {
  const event = changed(busEvent(goodMessage));
  const record = fc.oneof(
    text,
    event,
    message.map((it) => busEvent(it)),
    changed(snsNotification(goodMessage)),
  );

  it('is a job or a recorded refusal, and stops no other message', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 5 }), async (sent) => {
        const bench = createIntakeBench();
        const records = [...sent, goodMessage].map((it) => sqsRecord(it));
        expect(await bench.take(...records)).toEqual([]);
        const rows = await bench.rows();
        expect(rows.some(({ status }) => status === 'queued')).toBe(true);
        expect(bench.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
      }),
      rules(74),
    );
  });
});

describe('S7 whatever comes to a lane', () => {
  it('comes back or is given up, and calls no vendor', async () => {
    const lane = fc.oneof(text, changed({ jobId: 'job_none', run: 1 }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(lane, word), { maxLength: 4 }), async (sent) => {
        const engine = createEngine();
        const deferrals = { defer: async () => undefined };
        const worker = createWorker({ ...engine.deps, deferrals, log: createMemoryLog() });
        const records = sent.map(([it, group]) => sqsRecord(it, { group }));
        const { batchItemFailures } = await worker(sqsEvent(...records), () => 30_000);
        expect(batchItemFailures.length).toBeLessThanOrEqual(records.length);
        expect(engine.vendor.sent).toEqual([]);
      }),
      rules(75),
    );
  });
});

describe('S7 whatever is in a config file', () => {
  const parts = sampleConfig();
  const config = fc.oneof(
    fc.jsonValue(),
    changed(parts),
    fc
      .constantFrom(...Object.keys(parts))
      .chain((part) =>
        changed(Object(parts[part as keyof typeof parts])).map((it) => ({ ...parts, [part]: it })),
      ),
  );

  it('is taken, or refused with every wrong field named', () => {
    fc.assert(
      fc.property(config, (read) => {
        try {
          checkConfig(parseConfig(read), Date.UTC(2026, 2, 1));
        } catch (error) {
          expect(error).toBeInstanceOf(SluiceError);
          expect(error).toMatchObject({ code: 'request.invalid' });
          expect((error as SluiceError).fields.length).toBeGreaterThan(0);
        }
      }),
      rules(76),
    );
  });
});
