/** Messages as the wire spells them, and back. */
import * as z from 'zod';
import type {
  MessageAttributes,
  OutgoingMessage,
  ReceivedMessage,
  SentMessage,
} from '../message.ts';
import { md5OfAttributes } from '../message-digest.ts';

const WireAttributes = z.record(
  z.string(),
  z.object({
    DataType: z.string(),
    StringValue: z.string().optional(),
    BinaryValue: z.string().optional(),
  }),
);

export const WireMessage = z.object({
  MessageBody: z.string(),
  DelaySeconds: z.number().optional(),
  MessageAttributes: WireAttributes.optional(),
  MessageSystemAttributes: WireAttributes.optional(),
  MessageDeduplicationId: z.string().optional(),
  MessageGroupId: z.string().optional(),
});

export const outgoingMessage = (wire: z.infer<typeof WireMessage>): OutgoingMessage => ({
  body: wire.MessageBody,
  delaySeconds: wire.DelaySeconds,
  attributes: attributesOf(wire.MessageAttributes),
  systemAttributes: attributesOf(wire.MessageSystemAttributes),
  deduplicationId: wire.MessageDeduplicationId,
  groupId: wire.MessageGroupId,
});

export const sentAnswer = (sent: SentMessage) => ({
  MessageId: sent.messageId,
  MD5OfMessageBody: sent.md5OfBody,
  MD5OfMessageAttributes: sent.md5OfMessageAttributes,
  MD5OfMessageSystemAttributes: sent.md5OfMessageSystemAttributes,
  SequenceNumber: sent.sequenceNumber,
});

/** A received message with the attributes that were asked for, and no others. */
export function receivedAnswer(
  message: ReceivedMessage,
  systemNames: readonly string[],
  attributeNames: readonly string[],
) {
  const attributes = pick(message.attributes, (name) => matchesAny(name, systemNames));
  const messageAttributes = pick(message.messageAttributes, (name) =>
    matchesAny(name, attributeNames),
  );
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: message.md5OfBody,
    Attributes: attributes,
    MessageAttributes: messageAttributes && wireAttributes(messageAttributes),
    MD5OfMessageAttributes: messageAttributes && md5OfAttributes(messageAttributes),
  };
}

/** A name, `All`, `.*`, or a prefix such as `trace.*`. Source: Amazon SQS API: ReceiveMessage. */
const matchesAny = (name: string, patterns: readonly string[]): boolean =>
  patterns.some(
    (pattern) =>
      pattern === 'All' ||
      pattern === name ||
      (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -'.*'.length))),
  );

function pick<T>(
  all: Readonly<Record<string, T>>,
  isWanted: (name: string) => boolean,
): Record<string, T> | undefined {
  const wanted = Object.entries(all).filter(([name]) => isWanted(name));
  return wanted.length === 0 ? undefined : Object.fromEntries(wanted);
}

function attributesOf(wire: z.infer<typeof WireAttributes> | undefined) {
  const attributes: Record<string, MessageAttributes[string]> = {};
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(wire ?? {})) {
    attributes[name] = { dataType: DataType, stringValue: StringValue, binaryValue: BinaryValue };
  }
  return attributes;
}

const wireAttributes = (attributes: MessageAttributes) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      { DataType: dataType, StringValue: stringValue, BinaryValue: binaryValue },
    ]),
  );
