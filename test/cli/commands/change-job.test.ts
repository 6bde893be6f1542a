import { describe, expect, it } from 'vitest';
import { describeSummary } from '../../../shared/jobs/describe-job.ts';
import { parseJson } from '../../../shared/kernel/json.ts';
import { sampleJob } from '../../support/sample-job.ts';
import { scriptApi } from '../scripted-api.ts';
import { run } from '../test-io.ts';

describe.each([
  ['cancel', 'cancelled'],
  ['retry', 'queued'],
] as const)('%s', (command, status) => {
  const body = describeSummary(sampleJob({ id: 'job_1', status }));
  const answer = { to: `POST /jobs/job_1/${command}`, status: 202, body };

  it('prints what became of the job', async () => {
    const { exitCode, out } = await run([command, 'job_1'], scriptApi(answer).fetch);
    expect(exitCode).toBe(0);
    expect(out).toBe(`job_1  ${status}\n`);
  });

  it('with --json prints the document', async () => {
    const { out } = await run([command, 'job_1', '--json'], scriptApi(answer).fetch);
    expect(parseJson(out)).toEqual(body);
  });
});
