import { describe, expect, it } from 'vitest';
import { describeJob } from '../../../shared/jobs/describe-job.ts';
import { seconds } from '../../../shared/kernel/duration.ts';
import { parseJson } from '../../../shared/kernel/json.ts';
import { SAMPLE_AT_MS, sampleJob } from '../../support/sample-job.ts';
import { noApi, scriptApi } from '../scripted-api.ts';
import { run } from '../test-io.ts';

const ended = describeJob(
  sampleJob({
    id: 'job_1',
    status: 'partial',
    finishedAtMs: SAMPLE_AT_MS + seconds(30),
    attempts: 2,
    waitedMs: seconds(12),
    summary: '2 of 3 devices tagged',
    warnings: ['device 3 is gone'],
    result: { kind: 'object', key: 'k', rows: 3, bytes: 90 },
    error: {
      code: 'provider.rejected',
      message: 'refused',
      fields: [{ field: 'params.devices[2]', problem: 'is unknown' }],
      vendorStatus: 400,
      vendorRequestId: 'req-7',
    },
    timeline: [
      { at: SAMPLE_AT_MS, event: 'received', way: 'webhook', detail: 'tagging' },
      {
        at: SAMPLE_AT_MS + seconds(1),
        event: 'waiting',
        for: 'permit',
        budget: 'automox/acme/servers.batch',
        sinceMs: SAMPLE_AT_MS,
        untilMs: SAMPLE_AT_MS + seconds(13),
      },
      {
        at: SAMPLE_AT_MS + seconds(14),
        event: 'call',
        operation: 'servers.batch',
        key: 'chunk-0',
        status: 400,
        elapsedMs: 312,
        requestId: 'req-7',
        problem: 'provider.rejected',
      },
      { at: SAMPLE_AT_MS + seconds(15), event: 'call', operation: 'x', key: 'k', elapsedMs: 5_000 },
      { at: SAMPLE_AT_MS + seconds(30), event: 'outcome', status: 'partial' },
    ],
  }),
);

describe('job', () => {
  it('shows the size of parameters that are not in the row', async () => {
    const body = describeJob(sampleJob({ id: 'job_1', paramsJson: 'null', paramsBytes: 195_013 }));
    const api = scriptApi({ to: 'GET /jobs/job_1', body });
    const { out } = await run(['job', 'job_1'], api.fetch);
    expect(out).toMatch(/params +195013 bytes, kept beside the job/);
  });

  it('shows all that is known, and the timeline in words', async () => {
    const api = scriptApi({ to: 'GET /jobs/job_1', body: ended });
    const { exitCode, out } = await run(['job', 'job_1'], api.fetch);
    expect(exitCode).toBe(0);
    expect(out.split('\n')).toEqual([
      'job_1  automox.servers.batch of acme  partial',
      '  summary   2 of 3 devices tagged',
      '  error     provider.rejected: refused',
      '  vendor    answered 400',
      '  request   req-7',
      '  field     params.devices[2]: is unknown',
      '  warning   device 3 is gone',
      '  result    3 rows: npx sluice result job_1',
      '  params    {"devices":[1,2,3]}',
      '  tenant    default',
      '  attempts  2',
      '  waited    12 s',
      '  created   2026-03-01 02:00:00Z (1 min ago)',
      '  finished  2026-03-01 02:00:30Z (30 s ago)',
      '',
      'timeline',
      '  2026-03-01 02:00:00Z  received          by webhook (tagging)',
      '  2026-03-01 02:00:01Z  waiting           for a permit of automox/acme/servers.batch until 2026-03-01 02:00:13Z',
      '  2026-03-01 02:00:14Z  call              servers.batch answered 400 provider.rejected after 312 ms, request req-7',
      '  2026-03-01 02:00:15Z  call              x no answer after 5 s',
      '  2026-03-01 02:00:30Z  partial',
      '',
    ]);
  });

  it('with --json prints the document as it was answered', async () => {
    const api = scriptApi({ to: 'GET /jobs/job_1', body: ended });
    const { out } = await run(['job', 'job_1', '--json'], api.fetch);
    expect(parseJson(out)).toEqual(parseJson(JSON.stringify(ended)));
  });

  it.each(['..', 'job', 'job_1/cancel', 'JOB_1'])('refuses "%s", which is no id', async (id) => {
    const { exitCode, err } = await run(['job', id], noApi());
    expect(exitCode).toBe(2);
    expect(err).toContain(`"${id}" is not a job id`);
  });
});
