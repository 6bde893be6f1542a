import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createS3Client } from '../../../shared/aws/clients.ts';
import { createS3ResultReader } from '../../../shared/aws/s3-result-reader.ts';
import { createS3ResultStore } from '../../../shared/aws/s3-result-store.ts';
import { days, minutes } from '../../../shared/kernel/duration.ts';
import { describeResultStore } from '../../contracts/result-store.ts';
import { type EmulatedAws, startEmulatedAws } from '../../support/emulated-aws.ts';
import { sampleJob } from '../../support/sample-job.ts';

let aws: EmulatedAws;
beforeAll(async () => {
  aws = await startEmulatedAws();
});
afterAll(() => aws.close());

let bucketsOpened = 0;

async function openStore() {
  const client = createS3Client(aws.clientOptions);
  bucketsOpened += 1;
  const bucket = `results-${bucketsOpened}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const options = { client, bucket };
  return { ...createS3ResultStore(options), ...createS3ResultReader(options) };
}

describeResultStore('S3 result store', openStore);

describe('S3 result store', () => {
  it('puts a sealed result under the job and its run', async () => {
    const store = await openStore();
    await store.putPart(sampleJob(), 0, [1]);
    const { key } = await store.seal(sampleJob(), 1);
    expect(key).toBe(`results/${sampleJob().id}/1/result.ndjson.gz`);
    expect(await store.read(`results/${sampleJob().id}/1/part-00000.ndjson.gz`)).toBeDefined();
  });

  it('links to the rows with a URL that needs no credentials and that any client unpacks', async () => {
    const store = await openStore();
    await store.putPart(sampleJob(), 0, ['row']);
    const { key } = await store.seal(sampleJob(), 1);
    const answer = await fetch(await store.link(key, minutes(5)));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    expect(await answer.text()).toBe('"row"\n');
  });

  it('signs a link for seven days at most', async () => {
    const url = new URL(await (await openStore()).link('results/x', days(30)));
    expect(url.searchParams.get('X-Amz-Expires')).toBe('604800');
  });

  it.each([
    ['is throttled', { kind: 'throttle' }],
    ['gives no answer', { kind: 'answer-lost' }],
  ] as const)('throws store.unavailable where S3 %s', async (_what, fault) => {
    const store = await openStore();
    aws.faults.inject({ service: 's3', fault, times: 2 });
    const failure = { code: 'store.unavailable', cause: expect.any(Error) };
    await expect(store.putPart(sampleJob(), 0, [1])).rejects.toMatchObject(failure);
    await expect(store.findNote(sampleJob(), 'targets')).rejects.toMatchObject(failure);
  });

  it('throws store.unavailable, and not that there is nothing, where the bucket is missing', async () => {
    const client = createS3Client(aws.clientOptions);
    const store = createS3ResultReader({ client, bucket: 'no-such-bucket' });
    await expect(store.read('results/x')).rejects.toMatchObject({ code: 'store.unavailable' });
  });
});
