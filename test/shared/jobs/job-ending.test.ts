import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { endingOf, INLINE_RESULT_BYTES_MAX } from '../../../shared/jobs/job-ending.ts';
import type { JobEnd } from '../../../shared/jobs/job-type.ts';
import { createMemoryResultStore } from '../../support/memory/memory-result-store.ts';
import { sampleJob } from '../../support/sample-job.ts';
import { done } from './step-type.ts';

async function end(jobEnd: JobEnd) {
  const results = createMemoryResultStore();
  await results.putPart(sampleJob(), 0, ['part 0']);
  const ending = await endingOf(jobEnd, sampleJob(), results);
  const key = ending.result?.kind === 'object' ? ending.result.key : '';
  const bytes = await results.read(key);
  return { ending, lines: bytes && gunzipSync(bytes).toString() };
}

describe('endingOf', () => {
  it('has no result where there is no data', async () => {
    const { ending } = await end(done({ status: 'partial' }));
    expect(ending).toEqual({ status: 'partial', summary: 'done' });
  });

  it('keeps a small result in the row, large integers exact', async () => {
    const { ending } = await end(done({ data: { id: 9007199254740993n } }));
    expect(ending.result).toEqual({ kind: 'inline', json: '{"id":9007199254740993}' });
  });

  it('keeps in the row what just fits and makes an object of one byte more', async () => {
    const text = 'x'.repeat(INLINE_RESULT_BYTES_MAX - 2);
    expect((await end(done({ data: text }))).ending.result?.kind).toBe('inline');
    const { ending, lines } = await end(done({ data: `${text}x` }));
    expect(ending.result).toMatchObject({ kind: 'object', rows: 1 });
    expect(lines).toBe(`"${text}x"\n`);
  });

  it('makes a line of each item of a large list', async () => {
    const data = Array.from({ length: 20_000 }, (_, n) => ({ n }));
    const { ending, lines } = await end(done({ data }));
    expect(ending.result).toMatchObject({ kind: 'object', rows: 20_000 });
    expect(lines?.split('\n', 2)).toEqual(['{"n":0}', '{"n":1}']);
  });

  it('joins the parts that the job put', async () => {
    const { ending, lines } = await end(done({ parts: 1 }));
    expect(ending.result).toMatchObject({ kind: 'object', rows: 1 });
    expect(lines).toBe('"part 0"\n');
  });
});
