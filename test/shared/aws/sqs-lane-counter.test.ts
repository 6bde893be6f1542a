import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSqsClient } from '../../../shared/aws/clients.ts';
import { createSqsJobQueue } from '../../../shared/aws/sqs-job-queue.ts';
import { createSqsLaneCounter } from '../../../shared/aws/sqs-lane-counter.ts';
import { systemClock } from '../../../shared/kernel/clock.ts';
import { describeLaneCounter } from '../../contracts/lane-counter.ts';
import { type EmulatedAws, startEmulatedAws } from '../../support/emulated-aws.ts';
import { sampleJob } from '../../support/sample-job.ts';
import { drain, openQueueUrl, receive } from './sqs-queues.ts';

let aws: EmulatedAws;
beforeAll(async () => {
  aws = await startEmulatedAws();
});
afterAll(() => aws.close());

let jobsSent = 0;

async function openLane() {
  const client = createSqsClient(aws.clientOptions);
  const queueUrl = await openQueueUrl(client, 'fifo');
  const options = { client, queueUrls: { automox: queueUrl } };
  const queue = createSqsJobQueue({ ...options, clock: systemClock });
  return {
    client,
    queueUrl,
    counter: createSqsLaneCounter(options),
    async fill(messages: number) {
      for (let n = 0; n < messages; n += 1) {
        jobsSent += 1;
        await queue.send(sampleJob({ id: `job_${jobsSent}` }));
      }
    },
  };
}

describeLaneCounter('SQS lane counter', openLane);

describe('SQS lane counter', () => {
  it('counts the head that hides until its appointment', async () => {
    const { client, queueUrl, counter, fill } = await openLane();
    await fill(2);
    await receive(client, queueUrl);
    expect(await counter.count('automox')).toBe(2);
  });

  it('counts no more what was taken', async () => {
    const { client, queueUrl, counter, fill } = await openLane();
    await fill(2);
    await drain(client, queueUrl);
    expect(await counter.count('automox')).toBe(0);
  });

  it('throws store.unavailable where SQS does not say', async () => {
    const { counter } = await openLane();
    aws.faults.inject({ service: 'sqs', fault: { kind: 'throttle' } });
    await expect(counter.count('automox')).rejects.toMatchObject({ code: 'store.unavailable' });
  });

  it('refuses a lane that there is not', async () => {
    const { counter } = await openLane();
    await expect(counter.count('opsramp')).rejects.toThrow(/opsramp/);
  });
});
