import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { describeJob } from '../../../shared/jobs/describe-job.ts';
import { parseJson } from '../../../shared/kernel/json.ts';
import { sampleJob } from '../../support/sample-job.ts';
import { noApi, scriptApi } from '../scripted-api.ts';
import { run } from '../test-io.ts';

const accepted = { to: 'POST /jobs', status: 202, body: { id: 'job_1', status: 'queued' } };

describe('submit', () => {
  it('makes the message from its options and prints the id alone on stdout', async () => {
    const api = scriptApi(accepted);
    const argv = [
      ...['submit', 'automox.policy.run', '--account', 'acme', '--params', '{"policyId":77}'],
      ...['--key', 'k1', '--priority', 'urgent', '--tenant', 'north', '--observe'],
      ...['--not-before', '2026-03-01T02:00:00Z', '--deadline', '2026-03-02T02:00:00Z'],
    ];
    const { exitCode, out, err } = await run(argv, api.fetch);
    expect(exitCode).toBe(0);
    expect(out).toBe('job_1\n');
    expect(err).toBe('queued; follow it with: npx sluice watch job_1\n');
    expect(api.bodies.map(parseJson)).toEqual([
      {
        type: 'automox.policy.run',
        account: 'acme',
        params: { policyId: 77 },
        idempotencyKey: 'k1',
        priority: 'urgent',
        tenant: 'north',
        mode: 'observe',
        notBefore: '2026-03-01T02:00:00Z',
        deadline: '2026-03-02T02:00:00Z',
      },
    ]);
  });

  it('keeps integers beyond 2^53 exact', async () => {
    const api = scriptApi(accepted);
    await run(
      ['submit', 'a.b', '--account', 'x', '--params', '{"id":9007199254740993}'],
      api.fetch,
    );
    expect(api.bodies[0]).toContain('9007199254740993');
  });

  it('stops with Ctrl-C while it waits for stdin', async () => {
    const controller = new AbortController();
    const stdin = {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          controller.abort();
          return new Promise<never>(() => {});
        },
      }),
    };
    const changes = { stdin, interrupted: controller.signal };
    expect(await run(['submit', '-'], noApi(), changes)).toEqual({
      exitCode: 130,
      out: '',
      err: '',
    });
  });

  it('says that a key was used before', async () => {
    const body = { id: 'job_1', status: 'succeeded', duplicate: true };
    const api = scriptApi({ ...accepted, body });
    const { err } = await run(['submit', 'a.b', '--account', 'x', '--key', 'k'], api.fetch);
    expect(err).toContain('that key was used before: this is the first job');
  });

  it.each([
    [['submit', '-'], 'stdin'],
    [['submit', '--json-file', '-'], 'stdin'],
    [['submit', '--json-file', 'job.json'], 'job.json'],
  ])('reads the whole job with %j', async (argv, source) => {
    const api = scriptApi(accepted);
    const job = '{"type":"a.b","account":"x"}';
    const { exitCode } = await run([...argv, '--json'], api.fetch, {
      stdin: PassThrough.from([source === 'stdin' ? job : '']),
      readFile: async (path) => (path === source ? job : ''),
    });
    expect(exitCode).toBe(0);
    expect(api.bodies).toEqual([job]);
  });

  it('with --watch ends when the job does, with its exit code', async () => {
    const ended = describeJob(sampleJob({ id: 'job_1', status: 'failed' }));
    const api = scriptApi(accepted, { to: 'GET /jobs/job_1', body: ended });
    const argv = ['submit', 'a.b', '--account', 'x', '--watch', '--json'];
    const { exitCode, out } = await run(argv, api.fetch);
    expect(exitCode).toBe(1);
    expect(out.trimEnd().split('\n').map(parseJson)).toEqual([accepted.body, ended]);
  });

  it.each([
    [['submit'], 'submit needs a job type'],
    [['submit', 'a.b'], 'submit needs --account NAME'],
    [['submit', 'a.b', '--account', 'x', '--params', '{'], '--params is not JSON: '],
    [['submit', 'a.b', '--account', 'x', '--params', '[1]'], '--params must be one JSON object'],
    [['submit', '-', '--account', 'x'], '--account cannot stand beside a whole job'],
    [['submit', 'a.b', '--json-file', 'f'], '--json-file holds the whole job: leave out "a.b"'],
    [['submit', '--json-file', 'gone'], '--json-file: cannot read it: no such file: gone'],
    [['submit', '-'], 'stdin is not JSON: '],
  ])('refuses %j and sends nothing', async (argv, message) => {
    const { exitCode, out, err } = await run(argv, noApi());
    expect(exitCode).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(`error: ${message}`);
  });
});
