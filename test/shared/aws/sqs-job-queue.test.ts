import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSqsClient } from '../../../shared/aws/clients.ts';
import { createSqsJobQueue } from '../../../shared/aws/sqs-job-queue.ts';
import { REPEATED_SEND_MS } from '../../../shared/jobs/ports.ts';
import type { Clock } from '../../../shared/kernel/clock.ts';
import { describeJobQueue } from '../../contracts/job-queue.ts';
import { type EmulatedAws, startEmulatedAws } from '../../support/emulated-aws.ts';
import { createLeapingClock } from '../../support/leaping-clock.ts';
import { sampleJob } from '../../support/sample-job.ts';
import { drain, openQueueUrl } from './sqs-queues.ts';

let aws: EmulatedAws;
beforeAll(async () => {
  aws = await startEmulatedAws();
});
afterAll(() => aws.close());

async function openQueue(options = aws.clientOptions, clock: Clock = createLeapingClock()) {
  const client = createSqsClient(options);
  const queueUrl = await openQueueUrl(client, 'fifo');
  const queue = createSqsJobQueue({ client, queueUrls: { automox: queueUrl }, clock });
  return { queue, take: () => drain(client, queueUrl) };
}

describeJobQueue('SQS job queue', async () => {
  const { queue, take } = await openQueue();
  return {
    queue,
    drain: async () => (await take()).map(({ Body = '' }) => JSON.parse(Body)),
  };
});

describe('SQS job queue', () => {
  it('puts a message into the group of its job', async () => {
    const { queue, take } = await openQueue();
    await queue.send(sampleJob({ group: 'acme/servers.batch/t-1/urgent/0' }));
    const [message] = await take();
    expect(message?.Attributes?.['MessageGroupId']).toBe('acme/servers.batch/t-1/urgent/0');
  });

  it('puts one message where the SDK repeats a send whose answer was lost', async () => {
    const { queue, take } = await openQueue(aws.repeatingClientOptions);
    aws.faults.inject({ service: 'sqs', fault: { kind: 'answer-lost' } });
    await queue.send(sampleJob());
    expect(await take()).toHaveLength(1);
  });

  it('puts one message where submitters race for one key, and another where it is sent later', async () => {
    const clock = createLeapingClock();
    const { queue, take } = await openQueue(aws.clientOptions, clock);
    await Promise.all(Array.from({ length: 5 }, () => queue.send(sampleJob())));
    expect(await take()).toHaveLength(1);
    clock.leapTo(clock.nowMs() + REPEATED_SEND_MS);
    await queue.send(sampleJob());
    expect(await take()).toHaveLength(1);
  });

  it('throws store.unavailable where SQS does not take the message', async () => {
    const { queue } = await openQueue();
    aws.faults.inject({ service: 'sqs', fault: { kind: 'throttle' } });
    await expect(queue.send(sampleJob())).rejects.toMatchObject({ code: 'store.unavailable' });
  });
});
