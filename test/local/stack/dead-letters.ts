import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { RunningStack } from './running-stack.ts';

export interface DeadLetter {
  readonly body: string;
  readonly code: string | undefined;
  readonly reasons: string | undefined;
}

/** Takes `count` messages from the intake's dead-letter queue, as soon as they are there. */
export async function receiveAll(
  { sqs, stack }: RunningStack,
  count: number,
): Promise<readonly DeadLetter[]> {
  const { intakeDeadLetterUrl: QueueUrl } = stack.health();
  const letters: DeadLetter[] = [];
  while (letters.length < count) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        WaitTimeSeconds: 5,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
      }),
    );
    for (const { Body = '', ReceiptHandle, MessageAttributes = {} } of Messages) {
      letters.push({
        body: Body,
        code: MessageAttributes['sluice.code']?.StringValue,
        reasons: MessageAttributes['sluice.reasons']?.StringValue,
      });
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
  return letters;
}
