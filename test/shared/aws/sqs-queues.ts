import {
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

let queuesOpened = 0;

/** A new queue of its own name; answers its URL. */
export async function openQueueUrl(client: SQSClient, kind: 'fifo' | 'standard'): Promise<string> {
  queuesOpened += 1;
  const isFifo = kind === 'fifo';
  const command = new CreateQueueCommand({
    QueueName: `queue-${queuesOpened}${isFifo ? '.fifo' : ''}`,
    ...(isFifo && { Attributes: { FifoQueue: 'true' } }),
  });
  return (await client.send(command)).QueueUrl ?? '';
}

export async function receive(client: SQSClient, queueUrl: string): Promise<readonly Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: 10,
    WaitTimeSeconds: 0,
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['All'],
  });
  return (await client.send(command)).Messages ?? [];
}

/** Takes and deletes every message that can be received. */
export async function drain(client: SQSClient, queueUrl: string): Promise<readonly Message[]> {
  const taken: Message[] = [];
  for (;;) {
    const messages = await receive(client, queueUrl);
    if (messages.length === 0) return taken;
    taken.push(...messages);
    for (const { ReceiptHandle } of messages) {
      await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    }
  }
}
