import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { createEngine } from '../../shared/jobs/engine.ts';
import { goodMessage } from '../../shared/jobs/wrong-messages.ts';
import { type Answer, createApiBench } from './api-bench.ts';

const BURST = 2_000;
const ROWS_MAX = 200;

/** A table that takes so many rows of a burst and throttles the rest, as DynamoDB does. */
function createNarrowBench() {
  const engine = createEngine();
  let rows = 0;
  engine.store.beforeWrite((kind) => {
    if (kind !== 'create') return;
    if (rows >= ROWS_MAX) throw new SluiceError('store.unavailable', 'throughput exceeded');
    rows += 1;
  });
  return createApiBench(engine);
}

const burst = (bench: ReturnType<typeof createApiBench>, from = 0): Promise<Answer[]> =>
  Promise.all(
    Array.from({ length: BURST }, (_, n) =>
      bench.post({ ...goodMessage, idempotencyKey: `order-${from + n}` }),
    ),
  );

const idsOf = (answers: readonly Answer[]) =>
  answers.filter(({ status }) => status === 202).map(({ body }) => String(body['id']));

describe('S23 a burst of ten times what is taken', () => {
  it('is refused beyond that with 503, a code and Retry-After', async () => {
    const answers = await burst(createNarrowBench());
    const refused = answers.filter(({ status }) => status !== 202);
    expect(refused).toHaveLength(BURST - ROWS_MAX);
    const told = refused.map(({ status, headers, body }) =>
      JSON.stringify([status, headers['retry-after'], body['code']]),
    );
    expect([...new Set(told)]).toEqual(['[503,"5","store.unavailable"]']);
  });

  it('has a row and a message for each job that was accepted, and no row for any other', async () => {
    const bench = createNarrowBench();
    const accepted = idsOf(await burst(bench));
    expect(new Set(accepted).size).toBe(ROWS_MAX);
    const recorded = await Promise.all(accepted.map((id) => bench.engine.find(id)));
    expect(recorded.every(({ status }) => status === 'queued')).toBe(true);
    const sent = new Set(bench.engine.queue.sent.map(({ jobId }) => jobId));
    expect(accepted.filter((id) => !sent.has(id))).toEqual([]);
    const { jobs, cursor } = await bench.engine.store.list({ limit: 200 });
    expect([jobs.length, cursor]).toEqual([ROWS_MAX, undefined]);
  });

  it('leaves the refused ones free to come again, and makes no second job of the others', async () => {
    const bench = createNarrowBench();
    const first = idsOf(await burst(bench));
    bench.engine.store.beforeWrite(undefined);
    const again = idsOf(await burst(bench));
    expect(again).toHaveLength(BURST);
    expect(first.every((id) => again.includes(id))).toBe(true);
    expect(new Set(again).size).toBe(BURST);
  });
});
