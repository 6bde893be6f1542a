import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSqsClient } from '../../../shared/aws/clients.ts';
import { createSqsDeadLetters } from '../../../shared/aws/sqs-dead-letters.ts';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { type EmulatedAws, startEmulatedAws } from '../../support/emulated-aws.ts';
import { openQueueUrl, receive } from './sqs-queues.ts';

let aws: EmulatedAws;
beforeAll(async () => {
  aws = await startEmulatedAws();
});
afterAll(() => aws.close());

const error = new SluiceError('job.invalid', 'the message is not a job', {
  fields: [{ field: 'params.devices[3]', problem: 'must be an integer' }],
});

/** What the dead-letter queue holds after `body` was kept for `reason`. */
async function keep(body: string, reason: SluiceError = error) {
  const client = createSqsClient(aws.clientOptions);
  const queueUrl = await openQueueUrl(client, 'standard');
  await createSqsDeadLetters({ client, queueUrl }).keep({ messageId: 'm-1', body, error: reason });
  const [message] = await receive(client, queueUrl);
  const attributes = Object.entries(message?.MessageAttributes ?? {});
  const texts = Object.fromEntries(
    attributes.map(([name, { StringValue }]) => [name, StringValue]),
  );
  return { body: message?.Body, texts };
}

describe('SQS dead letters', () => {
  it('keeps the body as it came, with the reasons that name the field', async () => {
    expect(await keep('{"type": 7, }\n')).toEqual({
      body: '{"type": 7, }\n',
      texts: {
        'sluice.code': 'job.invalid',
        'sluice.messageId': 'm-1',
        'sluice.reasons': 'the message is not a job; params.devices[3]: must be an integer',
      },
    });
  });

  it('replaces characters that SQS refuses, for a field may be called anything', async () => {
    const odd = new SluiceError(
      'job.invalid',
      'the field "\u{0}\u{1b}\u{ffff}\u{1F600}" is unknown',
    );
    const { texts } = await keep('{}', odd);
    expect(texts['sluice.reasons']).toBe(
      'the field "\u{fffd}\u{fffd}\u{fffd}\u{1F600}" is unknown',
    );
  });

  it('cuts reasons that are too long', async () => {
    const { texts } = await keep('{}', new SluiceError('job.invalid', 'é'.repeat(10_000)));
    expect(Buffer.byteLength(texts['sluice.reasons'] ?? '')).toBeLessThanOrEqual(8 * 1024);
    expect(texts['sluice.reasons']).toMatch(/^é+…$/);
  });

  it('keeps the whole of a body that leaves no room for reasons', async () => {
    const body = 'x'.repeat(1024 * 1024);
    expect(await keep(body)).toEqual({ body, texts: {} });
  });

  it('throws store.unavailable where SQS does not take it', async () => {
    aws.faults.inject({ service: 'sqs', operation: 'SendMessage', fault: { kind: 'throttle' } });
    await expect(keep('{}')).rejects.toMatchObject({ code: 'store.unavailable' });
  });
});
