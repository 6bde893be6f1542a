import {
  ChangeMessageVisibilityBatchCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../../local/emulators/endpoint/endpoint.ts';
import { createFaultInjector } from '../../../../local/emulators/endpoint/fault-injector.ts';
import { createSqsFront } from '../../../../local/emulators/endpoint/sqs-front.ts';
import { createSqsService } from '../../../../local/emulators/sqs/sqs-service.ts';
import { clientOptions } from '../endpoint/client-options.ts';

const faults = createFaultInjector();
let service = createSqsService();
let defects: unknown[] = [];
let endpoint: Endpoint;
let client: SQSClient;
let QueueUrl: string | undefined;

beforeEach(async () => {
  service = createSqsService();
  defects = [];
  const front = createSqsFront(service, { onDefect: (error) => defects.push(error) });
  endpoint = await startEndpoint({ services: [front], faults });
  client = new SQSClient(clientOptions(endpoint.url));
  ({ QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'q' })));
});

afterEach(async () => {
  client.destroy();
  await endpoint.close();
  expect(faults.pending()).toBe(0);
});

const send = (MessageBody: string) =>
  client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
const receive = async (options: object = {}) =>
  (await client.send(new ReceiveMessageCommand({ QueueUrl, ...options }))).Messages ?? [];

describe('the AWS SDK against the SQS emulator', () => {
  it('sends, receives and deletes, with attributes and digests that the SDK accepts', async () => {
    const MessageAttributes = {
      text: { DataType: 'String', StringValue: 'é ☃' },
      bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 255]) },
    };
    const message = { QueueUrl, MessageBody: 'hello ☃', MessageAttributes };
    const sent = await client.send(new SendMessageCommand(message));
    const [received] = await receive({
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      MessageAttributeNames: ['All'],
    });
    expect(received).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'hello ☃',
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      Attributes: { ApproximateReceiveCount: '1' },
      MessageAttributes,
    });
    const { ReceiptHandle } = received ?? {};
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    const AttributeNames = ['ApproximateNumberOfMessagesNotVisible' as const];
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames }),
    );
    expect(Attributes).toEqual({ ApproximateNumberOfMessagesNotVisible: '0' });
  });

  it('answers each entry of a batch on its own', async () => {
    const Entries = [
      { Id: 'good', MessageBody: 'x' },
      { Id: 'bad', MessageBody: 'a\u0001b' },
    ];
    const { Successful, Failed } = await client.send(
      new SendMessageBatchCommand({ QueueUrl, Entries }),
    );
    expect(Successful).toMatchObject([{ Id: 'good' }]);
    expect(Failed).toMatchObject([
      { Id: 'bad', Code: 'InvalidMessageContents', SenderFault: true },
    ]);
    const visibility = { Id: 'v', ReceiptHandle: 'garbage', VisibilityTimeout: 0 };
    const changed = await client.send(
      new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries: [visibility] }),
    );
    expect(changed.Failed).toMatchObject([{ Id: 'v', Code: 'ReceiptHandleIsInvalid' }]);
  });

  it('gives errors the names by which the SDK knows them', async () => {
    const unknown = new GetQueueUrlCommand({ QueueName: 'nowhere' });
    await expect(client.send(unknown)).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      $fault: 'client',
    });
    const twice = { Id: 'a', MessageBody: 'x' };
    const batch = new SendMessageBatchCommand({ QueueUrl, Entries: [twice, twice] });
    await expect(client.send(batch)).rejects.toMatchObject({ name: 'BatchEntryIdsNotDistinct' });
    const nothing = new SendMessageCommand({ QueueUrl, MessageBody: undefined });
    await expect(client.send(nothing)).rejects.toMatchObject({ name: 'MissingParameter' });
  });

  it('lets a long poll have a message that is sent while it waits', async () => {
    const polled = receive({ WaitTimeSeconds: 20 });
    await send('x');
    expect(await polled).toMatchObject([{ Body: 'x' }]);
  });
});

describe('a fault on demand', () => {
  it('refuses a throttled call without doing it, and serves the next', async () => {
    faults.inject({ service: 'sqs', operation: 'SendMessage', fault: { kind: 'throttle' } });
    await expect(send('x')).rejects.toMatchObject({ name: 'RequestThrottled' });
    expect(await receive()).toEqual([]);
    await send('y');
    expect(await receive()).toMatchObject([{ Body: 'y' }]);
  });

  it('answers the status asked for, as a failure of SQS', async () => {
    faults.inject({ service: 'sqs', fault: { kind: 'server-error', status: 503 } });
    await expect(send('x')).rejects.toMatchObject({
      name: 'InternalFailure',
      $metadata: { httpStatusCode: 503 },
    });
  });

  it('loses the answer of a call that was done', async () => {
    faults.inject({ service: 'sqs', operation: 'SendMessage', fault: { kind: 'answer-lost' } });
    await expect(send('x')).rejects.toThrow();
    expect(await receive()).toMatchObject([{ Body: 'x' }]);
  });
});

describe('a defect of the SQS emulator', () => {
  it('is told to whoever runs it and answered without its text', async () => {
    const defect = new TypeError('inner workings');
    service.model.queues = () => {
      throw defect;
    };
    await expect(client.send(new ListQueuesCommand())).rejects.toMatchObject({
      name: 'InternalFailure',
      message: 'internal failure of the emulator',
    });
    expect(defects).toEqual([defect]);
  });
});
