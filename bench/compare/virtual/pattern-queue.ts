/** The standard queue of a pattern in the SQS model, its dead letters, and a count of its requests. */
import type { SQSRecord } from 'aws-lambda';
import type { SqsService } from '../../../local/emulators/sqs/sqs-service.ts';
import { sqsEvent } from '../../../local/event-source-mapping/sqs-event.ts';

const NAME = 'jobs';

/** AWS advises six times the function's timeout. */
export const FUNCTION_TIMEOUT_MS = 30_000;
const VISIBILITY_S = (6 * FUNCTION_TIMEOUT_MS) / 1_000;
const RETENTION_S = 14 * 86_400;

export type PatternQueue = ReturnType<typeof createPatternQueue>;

export function createPatternQueue({ model, timers }: SqsService, maxReceiveCount: number) {
  const nowMs = (): number => timers.nowMs();
  const dead = model.createQueue('dead', { MessageRetentionPeriod: String(RETENTION_S) }, nowMs());
  const attributes = {
    VisibilityTimeout: String(VISIBILITY_S),
    MessageRetentionPeriod: String(RETENTION_S),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount }),
  };
  const queue = model.createQueue(NAME, attributes, nowMs());
  const requests = { count: 0 };
  const receives = new Map<string, number>();
  const received = (records: readonly SQSRecord[]): void => {
    for (const { messageId, attributes } of records) {
      receives.set(messageId, Number(attributes.ApproximateReceiveCount));
    }
  };
  return {
    name: NAME,
    /** SQS requests so far, those of the mapping not included. */
    requests: () => requests.count,
    /** To be told of what a mapping received. */
    received,
    /** Of each message, how often it was received. */
    receives: (): number[] => [...receives.values()],
    send(body: string): void {
      queue.send({ body }, nowMs());
    },
    hide({ receiptHandle }: SQSRecord, seconds: number): void {
      requests.count += 1;
      queue.changeVisibility(receiptHandle, seconds, nowMs());
    },
    receive(max: number): readonly SQSRecord[] {
      requests.count += 1;
      const { Records: records } = sqsEvent(queue.receive({ max }, nowMs()), queue.arn);
      received(records);
      return records;
    },
    delete({ receiptHandle }: SQSRecord): void {
      requests.count += 1;
      queue.delete(receiptHandle, nowMs());
    },
    /** The bodies of what was received too often; they are gone from there afterwards. */
    takeDeadLetters(): string[] {
      const bodies: string[] = [];
      for (let it = dead.findVisible(nowMs()); it; it = dead.findVisible(nowMs())) {
        dead.release(it);
        bodies.push(it.content.body);
      }
      return bodies;
    },
    deadLetters: (): number => dead.counts(nowMs()).visible,
  };
}
