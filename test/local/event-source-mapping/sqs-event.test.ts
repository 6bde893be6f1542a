import { describe, expect, it } from 'vitest';
import { createSqsModel } from '../../../local/emulators/sqs/sqs-model.ts';
import { sqsEvent } from '../../../local/event-source-mapping/sqs-event.ts';

describe('the event that a function receives', () => {
  it('has every field of a record of a FIFO queue, as AWS documents it', () => {
    const model = createSqsModel({ region: 'eu-west-1', newId: () => 'id-1' });
    const queue = model.createQueue('q.fifo', { FifoQueue: 'true' }, 1_000);
    const attributes = {
      text: { dataType: 'String', stringValue: 'v' },
      bytes: { dataType: 'Binary', binaryValue: 'AQID' },
    };
    const message = { body: 'Test', groupId: 'g', deduplicationId: 'd', attributes };
    const sent = queue.send(message, 1_000);
    const received = queue.receive({}, 2_000);
    expect(sqsEvent(received, queue.arn).Records).toEqual([
      {
        messageId: 'id-1',
        receiptHandle: received[0]?.receiptHandle,
        body: 'Test',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: '1000',
          SequenceNumber: sent.sequenceNumber,
          MessageGroupId: 'g',
          MessageDeduplicationId: 'd',
          SenderId: 'AIDALOCALSENDER000000',
          ApproximateFirstReceiveTimestamp: '2000',
        },
        messageAttributes: {
          text: {
            dataType: 'String',
            stringValue: 'v',
            stringListValues: [],
            binaryListValues: [],
          },
          bytes: {
            dataType: 'Binary',
            binaryValue: 'AQID',
            stringListValues: [],
            binaryListValues: [],
          },
        },
        md5OfBody: '0cbc6611f5540bd0809a388dc95a615b',
        md5OfMessageAttributes: sent.md5OfMessageAttributes,
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:q.fifo',
        awsRegion: 'eu-west-1',
      },
    ]);
  });
});
