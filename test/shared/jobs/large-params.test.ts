import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { describeJob } from '../../../shared/jobs/describe-job.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import { ROW_PARAMS_BYTES_MAX } from '../../../shared/jobs/large-params.ts';
import { createMemoryResultStore } from '../../support/memory/memory-result-store.ts';
import { createEngine } from './engine.ts';
import { answers, silent, type Turn } from './scripted-vendor.ts';
import { callOf, catalogOf, done, stepType } from './step-type.ts';

const guids = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => `0c3f9e3e-5a0a-4c3e-9f5e-${String(n).padStart(12, '0')}`);

/** An engine whose job takes guids and makes a call; what each delivery was given. */
function createBench(turns: readonly Turn[]) {
  const given: unknown[] = [];
  const catalog = catalogOf({
    ...stepType(),
    params: z.strictObject({ guids: z.array(z.string()) }),
    async execute({ call }, params) {
      given.push(params);
      await call(callOf('tag'));
      return done();
    },
  });
  return { engine: createEngine({ catalog, turns }), given };
}

const bytesOf = (job: Job): number => Buffer.byteLength(JSON.stringify(job));

describe('parameters of 5,000 GUIDs', () => {
  const params = { guids: guids(5_000) };

  it('leave the row with its first write by a worker, and reach every delivery', async () => {
    const { engine, given } = createBench([silent, answers(200)]);
    const { id } = await engine.submit({ params });
    expect(bytesOf(await engine.find(id))).toBeGreaterThan(190_000);
    await engine.deliver(id);
    const waiting = await engine.find(id);
    expect(waiting.status).toBe('waiting');
    expect(bytesOf(waiting)).toBeLessThan(2_000);
    expect((await engine.finish(id)).status).toBe('succeeded');
    expect(given).toEqual([params, params]);
  });

  it('are shown as their size once they have left it', async () => {
    const { engine } = createBench([answers(200)]);
    const { id, paramsJson } = await engine.submit({ params });
    expect(describeJob(await engine.find(id))).toMatchObject({ params });
    const view = describeJob(await engine.finish(id));
    expect(view).toMatchObject({ params: null, paramsBytes: paramsJson.length });
  });

  it('are those of its idempotency key still', async () => {
    const { engine } = createBench([answers(200)]);
    const message = { params, idempotencyKey: 'once' };
    const { id } = await engine.submit(message);
    await engine.finish(id);
    expect(await engine.submit(message)).toMatchObject({ id, status: 'succeeded' });
    await expect(engine.submit({ ...message, params: { guids: [] } })).rejects.toMatchObject({
      code: 'job.idempotency-conflict',
    });
  });

  it('are not taken for others where they are lost: the job fails and says what to do', async () => {
    const { engine, given } = createBench([silent]);
    const { id } = await engine.submit({ params });
    await engine.deliver(id);
    const { findNote } = createMemoryResultStore();
    Object.assign(engine.results, { findNote });
    expect(await engine.finish(id)).toMatchObject({
      status: 'failed',
      error: { code: 'job.refused', message: expect.stringContaining('send it as a new job') },
    });
    expect(given).toHaveLength(1);
  });
});

describe('small parameters', () => {
  it('stay in the row', async () => {
    const { engine } = createBench([answers(200)]);
    const fits = Math.floor((ROW_PARAMS_BYTES_MAX - 20) / 39);
    const { id, paramsJson } = await engine.submit({ params: { guids: guids(fits) } });
    expect(await engine.finish(id)).toMatchObject({ paramsJson });
    expect(await engine.find(id)).not.toHaveProperty('paramsBytes');
  });
});
