import { DeleteMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSqsClient } from '../../../shared/aws/clients.ts';
import { createSqsDeferrals, DEFERRAL_MAX_S } from '../../../shared/aws/sqs-deferrals.ts';
import { type EmulatedAws, startEmulatedAws } from '../../support/emulated-aws.ts';
import { openQueueUrl, receive } from './sqs-queues.ts';

let aws: EmulatedAws;
beforeAll(async () => {
  aws = await startEmulatedAws();
});
afterAll(() => aws.close());

/** A queue whose one message has just been received, and every visibility change asked of SQS. */
async function openReceived() {
  const client = createSqsClient(aws.clientOptions);
  const queueUrl = await openQueueUrl(client, 'standard');
  await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'x' }));
  const [message] = await receive(client, queueUrl);
  const asked: unknown[] = [];
  client.middlewareStack.add(
    (next, { commandName }) =>
      (call) => {
        const { VisibilityTimeout } = call.input as { VisibilityTimeout?: number };
        if (commandName === 'ChangeMessageVisibilityCommand') asked.push(VisibilityTimeout);
        return next(call);
      },
    { step: 'initialize' },
  );
  const deferrals = createSqsDeferrals({ client, queueUrl });
  return { client, queueUrl, deferrals, asked, handle: message?.ReceiptHandle ?? '' };
}

describe('SQS deferrals', () => {
  it('brings a message back at once where nothing is left to wait', async () => {
    const { client, queueUrl, deferrals, handle } = await openReceived();
    await deferrals.defer(handle, -3);
    expect(await receive(client, queueUrl)).toHaveLength(1);
  });

  it.each([
    [0, 0],
    [0.001, 1],
    [59.2, 60],
    [DEFERRAL_MAX_S, DEFERRAL_MAX_S],
    [1_000_000, DEFERRAL_MAX_S],
  ])('hides a message that is due in %d s for %d s', async (seconds, expected) => {
    const { deferrals, handle, asked } = await openReceived();
    await deferrals.defer(handle, seconds);
    expect(asked).toEqual([expected]);
  });

  it('never asks for more than the twelve hours that SQS allows from the receipt on', () => {
    expect(DEFERRAL_MAX_S).toBeLessThan(43_200);
  });

  it('leaves alone a message that is in flight no longer', async () => {
    const { client, queueUrl, deferrals, handle } = await openReceived();
    await deferrals.defer(handle, 0);
    await expect(deferrals.defer(handle, 60)).resolves.toBeUndefined();
    expect(await receive(client, queueUrl)).toHaveLength(1);
  });

  it('leaves alone a message that was deleted', async () => {
    const { client, queueUrl, deferrals, handle } = await openReceived();
    await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: handle }));
    await expect(deferrals.defer(handle, 60)).resolves.toBeUndefined();
  });

  it('throws store.unavailable where SQS does not answer', async () => {
    const { deferrals, handle } = await openReceived();
    aws.faults.inject({ service: 'sqs', fault: { kind: 'server-error', status: 503 } });
    const deferred = deferrals.defer(handle, 60);
    await expect(deferred).rejects.toMatchObject({ code: 'store.unavailable' });
  });
});
