import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { scriptApi } from '../scripted-api.ts';
import { run } from '../test-io.ts';

const rows = '{"id":1}\n{"id":9007199254740993}\n';

describe('result', () => {
  it('writes the bytes that were answered and nothing else', async () => {
    const headers = { 'content-type': 'application/x-ndjson' };
    const api = scriptApi({ to: 'GET /jobs/job_1/result', headers, body: rows });
    const ran = await run(['result', 'job_1'], api.fetch);
    expect(ran).toEqual({ exitCode: 0, out: rows, err: '' });
  });

  it('fetches a large result from where it is kept and unpacks all its parts', async () => {
    const parts = Buffer.concat([gzipSync('{"id":1}\n'), gzipSync('{"id":9007199254740993}\n')]);
    const location = 'http://127.0.0.1:1/bucket/result.ndjson.gz?signed=1';
    const api = scriptApi(
      { to: 'GET /jobs/job_1/result', status: 303, headers: { location }, body: '' },
      {
        to: 'GET /bucket/result.ndjson.gz?signed=1',
        headers: { 'content-type': 'application/gzip' },
        body: parts,
      },
    );
    const { exitCode, out } = await run(['result', 'job_1'], api.fetch);
    expect(exitCode).toBe(0);
    expect(out).toBe(rows);
  });

  it('answers with the API error of a job that has none', async () => {
    const body = { title: 'The job has no result', status: 409, code: 'job.result-not-ready' };
    const api = scriptApi({ to: 'GET /jobs/job_1/result', status: 409, body });
    const { exitCode, out, err } = await run(['result', 'job_1'], api.fetch);
    expect(exitCode).toBe(4);
    expect(out).toBe('');
    expect(err).toBe('error: The job has no result (409, job.result-not-ready)\n');
  });

  it('does not pass off half a result as a whole one', async () => {
    const { exitCode, err } = await run(['result', 'job_1'], async () => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"id":1}\n'));
          controller.error(new Error('socket closed'));
        },
      });
      return new Response(body);
    });
    expect(exitCode).toBe(5);
    expect(err).toContain('the result was cut off: socket closed');
  });
});
