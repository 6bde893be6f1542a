/**
 * Keeps intake messages that are no jobs: the body as it came, with the reasons beside it, in the
 * intake queue's dead-letter queue, where a person finds, corrects and redrives them.
 */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { describeFields } from '../errors/field-problems.ts';
import type { SluiceError } from '../errors/sluice-error.ts';
import { fitText } from './fit-text.ts';
import { orUnavailable } from './or-unavailable.ts';

export interface RejectedMessage {
  readonly messageId: string;
  /** As it was received, byte for byte. */
  readonly body: string;
  readonly error: SluiceError;
}

export interface DeadLetters {
  keep(message: RejectedMessage): Promise<void>;
}

export interface SqsDeadLettersOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
}

/** Body and attributes together (SQS developer guide: message quotas). */
const MESSAGE_BYTES_MAX = 1024 * 1024;
const REASONS_BYTES_MAX = 8 * 1024;
/** The other attributes, all names and types. */
const ATTRIBUTE_BYTES = 512;

export function createSqsDeadLetters({ client, queueUrl }: SqsDeadLettersOptions): DeadLetters {
  return {
    async keep(message) {
      const command = new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: message.body,
        MessageAttributes: attributesFor(message),
      });
      await orUnavailable('the intake dead-letter queue', client.send(command));
    },
  };
}

/** The body is never cut: where it leaves no room for reasons, they are in the log alone. */
function attributesFor({ messageId, body, error }: RejectedMessage) {
  const room = MESSAGE_BYTES_MAX - Buffer.byteLength(body) - ATTRIBUTE_BYTES;
  if (room <= 0) return {};
  const reasons = toXmlText(
    [error.message, describeFields(error.fields)].filter(Boolean).join('; '),
  );
  return {
    'sluice.code': textAttribute(error.code),
    'sluice.messageId': textAttribute(messageId),
    'sluice.reasons': textAttribute(fitText(reasons, Math.min(room, REASONS_BYTES_MAX))),
  };
}

/** SQS refuses a whole message for one character outside XML's (API reference: SendMessage). */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const toXmlText = (text: string): string => text.replace(NOT_XML, '\u{fffd}');

const textAttribute = (text: string) => ({ DataType: 'String', StringValue: text || '-' });
