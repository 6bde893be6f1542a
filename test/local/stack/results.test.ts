import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queryServers, runPolicy, tagDevices } from './messages.ts';
import { type Outcomes, watchOutcomes } from './outcomes.ts';
import { ORGANIZATION_ID, type RunningStack, startRunningStack } from './running-stack.ts';

const DEVICES = 620;

let running: RunningStack;
let outcomes: Outcomes;

beforeAll(async () => {
  running = await startRunningStack({ devices: DEVICES });
  outcomes = await watchOutcomes(running);
});

afterAll(async () => {
  await outcomes.stop();
  await running.stack.close();
});

const rowsOf = (text: string): readonly { readonly id: number }[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

const writes = () => running.stack.vendors.simulatorOf('automox').audit().writes;

describe('the end of a job', () => {
  it('leaves a list as gzipped NDJSON, by HTTP and in S3, with each device once', async () => {
    const id = await running.submit(queryServers('list'));
    expect(await outcomes.job('list')).toMatchObject({
      status: 'succeeded',
      result: { kind: 'object', rows: DEVICES },
    });
    const response = await running.get(`/jobs/${id}/result`);
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    const rows = rowsOf(await response.text());
    expect(rows.map((row) => row.id).toSorted()).toEqual(running.devices.toSorted());

    const Bucket = 'sluice-results';
    const { Contents = [] } = await running.s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: `results/${id}/1/result` }),
    );
    const Key = Contents[0]?.Key;
    const { Body } = await running.s3.send(new GetObjectCommand({ Bucket, Key }));
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    expect(rowsOf(gunzipSync(bytes).toString())).toEqual(rows);
  });

  it('is an event on the bus, once, with what a listener needs', async () => {
    const id = await running.submit(tagDevices(running.devices.slice(0, 2), 'told'));
    expect(await outcomes.event('told')).toMatchObject({
      source: 'sluice',
      'detail-type': 'JobSucceeded',
      detail: { id, type: 'automox.servers.batch', account: 'acme', status: 'succeeded', run: 1 },
    });
    expect(outcomes.all('told')).toHaveLength(1);
  });

  it('answers the Step Functions task that waits, with the result', async () => {
    const id = await running.submit({
      ...tagDevices(running.devices.slice(0, 1), 'task'),
      taskToken: 'task-1',
    });
    await outcomes.event('task');
    await expect
      .poll(() => answerOf('task-1'))
      .toMatchObject({
        kind: 'success',
        output: { id, status: 'succeeded', result: { value: { devices: 1 } } },
      });
  });

  it('fails the Step Functions task that waits, with the reason', async () => {
    const params = { policyId: 999_999_999 };
    await running.submit({ ...runPolicy(1, 'failed-task'), params, taskToken: 'task-2' });
    expect(await outcomes.job('failed-task')).toMatchObject({ status: 'failed' });
    await expect
      .poll(() => answerOf('task-2'))
      .toMatchObject({
        kind: 'failure',
        error: 'provider.not-found',
        cause: expect.stringContaining('JobFailed'),
      });
  });

  it('of an observed job says what would have been called, and nothing was', async () => {
    const before = writes().length;
    const { policies } = running.stack.vendors.simulatorOf('automox').org(ORGANIZATION_ID);
    const [policyId = 0] = policies.keys();
    const jobs = [
      tagDevices(running.devices.slice(0, 2), 'watch-0'),
      runPolicy(policyId, 'watch-1'),
    ];
    for (const job of jobs) await running.submit({ ...job, mode: 'observe' });
    for (const index of jobs.keys()) {
      const job = await outcomes.job(`watch-${index}`);
      expect(job).toMatchObject({ status: 'succeeded', mode: 'observe' });
      expect(job.timeline.map(({ event }) => event)).toContain('would-call');
    }
    expect(writes()).toHaveLength(before);
  });
});

const answerOf = (token: string) =>
  running.stack.aws.stepFunctions.answers().find(({ taskToken }) => taskToken === token);
