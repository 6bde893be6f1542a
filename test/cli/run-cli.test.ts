import { describe, expect, it } from 'vitest';
import { parseJson } from '../../shared/kernel/json.ts';
import { noApi, scriptApi } from './scripted-api.ts';
import { run } from './test-io.ts';

const problem = {
  type: 'about:blank',
  title: 'The job message is wrong',
  status: 400,
  code: 'job.invalid',
  detail: 'the job message is wrong: …',
  fields: [
    { field: 'params.devices[0]', problem: 'must be a number' },
    { field: 'tennant', problem: 'is not a known field' },
  ],
  requestId: 'req-1',
  jobId: 'rejected_1',
};
const submit = ['submit', 'a.b', '--account', 'x'];

describe('an error of the API', () => {
  it('is told with each field and the ids to ask about', async () => {
    const api = scriptApi({ to: 'POST /jobs', status: 400, body: problem });
    const { exitCode, out, err } = await run(submit, api.fetch);
    expect(exitCode).toBe(4);
    expect(out).toBe('');
    expect(err.split('\n')).toEqual([
      'error: The job message is wrong (400, job.invalid)',
      '  params.devices[0]  must be a number',
      '  tennant            is not a known field',
      '  requestId          req-1',
      '  jobId              rejected_1',
      '',
    ]);
  });

  it('is told with its detail where no field is named', async () => {
    const { fields: _, ...body } = problem;
    const api = scriptApi({ to: 'POST /jobs', status: 400, body });
    expect((await run(submit, api.fetch)).err).toContain(`\n  ${problem.detail}\n`);
  });

  it('is with --json the problem document, on stderr', async () => {
    const api = scriptApi({ to: 'POST /jobs', status: 400, body: problem });
    const { out, err } = await run([...submit, '--json'], api.fetch);
    expect(out).toBe('');
    expect(parseJson(err)).toEqual(problem);
  });

  it('of the gateway that wants a signature says how to sign', async () => {
    const api = scriptApi({ to: 'GET /jobs', status: 403, body: { message: 'Forbidden' } });
    const { exitCode, err } = await run(['jobs'], api.fetch);
    expect(exitCode).toBe(4);
    expect(err).toContain('error: Forbidden (403)\nThe API wants signed requests: give --aws');
  });

  it.each([
    ['HTML', 200, '<html></html>'],
    ['other JSON', 200, { hello: 'world' }],
    ['an HTML error', 502, '<html></html>'],
  ])('is any answer that is not of Sluice: %s', async (_name, status, body) => {
    const api = scriptApi({ to: 'GET /jobs', status, body });
    const { exitCode, err } = await run(['jobs'], api.fetch);
    expect(exitCode).toBe(4);
    expect(err).toContain(`http://127.0.0.1:4570/ answered ${status}, but not as Sluice does`);
  });
});

describe('the URL of the API', () => {
  const asked = async (argv: readonly string[], env: Record<string, string> = {}) => {
    let url = '';
    await run(
      ['jobs', ...argv],
      async (request) => {
        url = request.url;
        return Response.json({ jobs: [] });
      },
      { env },
    );
    return url;
  };

  it('is that of the local stack unless told otherwise', async () => {
    expect(await asked([])).toBe('http://127.0.0.1:4570/jobs');
    expect(await asked([], { SLUICE_URL: '' })).toBe('http://127.0.0.1:4570/jobs');
  });

  it('comes from --url, else from SLUICE_URL, and may hold a path', async () => {
    const env = { SLUICE_URL: 'http://env.test' };
    expect(await asked([], env)).toBe('http://env.test/jobs');
    expect(await asked(['--url', 'http://option.test/prod'], env)).toBe(
      'http://option.test/prod/jobs',
    );
  });

  it('is refused where it is not one', async () => {
    const { exitCode, err } = await run(['jobs', '--url', 'localhost:4570'], noApi());
    expect(exitCode).toBe(2);
    expect(err).toContain('--url (or SLUICE_URL) must be an http or https URL');
  });
});

describe('an API that does not answer', () => {
  it('is told with the reason and what to do', async () => {
    const { exitCode, err } = await run(['jobs'], async () => {
      const cause = new Error('connect ECONNREFUSED 127.0.0.1:4570');
      throw new TypeError('fetch failed', { cause });
    });
    expect(exitCode).toBe(5);
    expect(err).toBe(
      'error: no answer from http://127.0.0.1:4570/jobs: connect ECONNREFUSED 127.0.0.1:4570\n' +
        'Start the local stack with "npm start", or name another API with --url.\n',
    );
  });

  it('is asked once: nothing is submitted twice', async () => {
    let requests = 0;
    await run(submit, async () => {
      requests += 1;
      throw new TypeError('fetch failed');
    });
    expect(requests).toBe(1);
  });
});
