/**
 * The event that Lambda makes of received messages.
 * Source: AWS Lambda Developer Guide: using Lambda with Amazon SQS, example events.
 */
import type { SQSEvent, SQSMessageAttributes, SQSRecord } from 'aws-lambda';
import type { MessageAttributes, ReceivedMessage } from '../emulators/sqs/message.ts';
import { md5OfAttributes } from '../emulators/sqs/message-digest.ts';

export const sqsEvent = (messages: readonly ReceivedMessage[], queueArn: string): SQSEvent => ({
  Records: messages.map((message) => sqsRecord(message, queueArn)),
});

function sqsRecord(message: ReceivedMessage, queueArn: string): SQSRecord {
  const md5OfMessageAttributes = md5OfAttributes(message.messageAttributes);
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: {
      ...message.attributes,
      ApproximateReceiveCount: message.attributes['ApproximateReceiveCount'] ?? '',
      SentTimestamp: message.attributes['SentTimestamp'] ?? '',
      SenderId: message.attributes['SenderId'] ?? '',
      ApproximateFirstReceiveTimestamp:
        message.attributes['ApproximateFirstReceiveTimestamp'] ?? '',
    },
    messageAttributes: eventAttributes(message.messageAttributes),
    md5OfBody: message.md5OfBody,
    ...(md5OfMessageAttributes === undefined ? {} : { md5OfMessageAttributes }),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
}

function eventAttributes(attributes: MessageAttributes): SQSMessageAttributes {
  const event: SQSMessageAttributes = {};
  for (const [name, { dataType, stringValue, binaryValue }] of Object.entries(attributes)) {
    event[name] = {
      ...(stringValue === undefined ? {} : { stringValue }),
      ...(binaryValue === undefined ? {} : { binaryValue }),
      stringListValues: [],
      binaryListValues: [],
      dataType,
    };
  }
  return event;
}
