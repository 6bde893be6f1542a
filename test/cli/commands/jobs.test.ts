import { describe, expect, it } from 'vitest';
import { describeSummary } from '../../../shared/jobs/describe-job.ts';
import { minutes } from '../../../shared/kernel/duration.ts';
import { parseJson } from '../../../shared/kernel/json.ts';
import { sampleJob } from '../../support/sample-job.ts';
import { noApi, scriptApi } from '../scripted-api.ts';
import { NOW_MS, run } from '../test-io.ts';

const failed = describeSummary(
  sampleJob({
    id: 'job_2',
    status: 'failed',
    error: { code: 'provider.rejected', message: 'no\u001b[2Jsuch\npolicy' },
  }),
);
const waiting = describeSummary(
  sampleJob({
    id: 'job_10',
    status: 'waiting',
    priority: 'urgent',
    progress: { done: 2, total: 5, unit: 'chunks' },
    waiting: {
      for: 'permit',
      budget: 'automox/acme/servers.batch',
      sinceMs: NOW_MS,
      untilMs: NOW_MS + minutes(1),
    },
  }),
);

describe('jobs', () => {
  it('lists jobs in aligned columns, without the control characters of a vendor', async () => {
    const api = scriptApi({ to: 'GET /jobs', body: { jobs: [waiting, failed] } });
    const { exitCode, out, err } = await run(['jobs'], api.fetch);
    expect(exitCode).toBe(0);
    expect(err).toBe('');
    const wait = 'for a permit of automox/acme/servers.batch until 02:02:00Z (in 1 min)';
    expect(out.split('\n')).toEqual([
      'ID      TYPE                   ACCOUNT  STATUS   AGE',
      `job_10  automox.servers.batch  acme     waiting  1 min  ${wait} · 2 of 5 chunks · urgent`,
      'job_2   automox.servers.batch  acme     failed   1 min  provider.rejected: no [2Jsuch policy',
      '',
    ]);
  });

  it('passes filters on and tells how to see more', async () => {
    const to = 'GET /jobs?status=failed&type=a.b&account=acme&limit=1';
    const api = scriptApi({ to, body: { jobs: [failed], cursor: '9#job_2' } });
    const filters = ['--status', 'failed', '--type', 'a.b', '--account', 'acme', '--limit', '1'];
    const { err } = await run(['jobs', ...filters], api.fetch);
    expect(err).toBe("there are more: add --cursor '9#job_2' or --all\n");
  });

  it('with --all follows the cursor to the last page', async () => {
    const api = scriptApi(
      { to: 'GET /jobs?limit=200', body: { jobs: [waiting], cursor: '9#job_10' } },
      { to: 'GET /jobs?limit=200&cursor=9%23job_10', body: { jobs: [failed] } },
    );
    const { out } = await run(['jobs', '--all', '--json'], api.fetch);
    expect(parseJson(out)).toEqual({ jobs: [waiting, failed] });
  });

  it('says on stderr that there are none', async () => {
    const api = scriptApi({ to: 'GET /jobs', body: { jobs: [] } });
    expect(await run(['jobs'], api.fetch)).toEqual({ exitCode: 0, out: '', err: 'no such jobs\n' });
  });

  it('does not say that there are none where older ones were not looked at', async () => {
    const cursor = '000001772330400#job_1';
    const api = scriptApi({ to: 'GET /jobs', body: { jobs: [], cursor } });
    const { out, err } = await run(['jobs'], api.fetch);
    expect([out, err]).toEqual([
      '',
      `none so far; there are more: add --cursor '${cursor}' or --all\n`,
    ]);
  });

  it('colours the status on a terminal, unless NO_COLOR asks for none', async () => {
    const answer = { to: 'GET /jobs', body: { jobs: [failed] } };
    const onTerminal = { terminalColumns: 80 };
    const coloured = await run(['jobs'], scriptApi(answer).fetch, onTerminal);
    const env = { NO_COLOR: '1' };
    const plain = await run(['jobs'], scriptApi(answer).fetch, { ...onTerminal, env });
    expect(coloured.out).toContain('\u001b[31mfailed\u001b[39m');
    expect(plain.out).not.toContain('\u001b');
  });

  it.each([
    [['--limit', '0'], '--limit must be a number from 1 to 200, not "0"'],
    [['--limit', '1e2'], '--limit must be a number from 1 to 200, not "1e2"'],
    [['--tenant', 'x'], '"jobs" takes no --tenant.'],
    [['--status', 'faild'], 'Did you mean "failed"?'],
    [['job_1'], '"jobs" cannot take "job_1": npx sluice jobs'],
  ])('refuses %j', async (argv, message) => {
    const { exitCode, err } = await run(['jobs', ...argv], noApi());
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });
});
