import { Duration } from 'aws-cdk-lib';
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
  type QueueProps,
} from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { QueueShape } from '../shared/config/topology.ts';
import { invariant } from '../shared/kernel/invariant.ts';

/**
 * A queue and the dead-letter queue behind it, both encrypted and open to TLS alone.
 *
 * Guarantees: the dead-letter queue keeps a message longer than the queue did.
 */
export class QueuePair extends Construct {
  readonly shape: QueueShape;
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, shape: QueueShape) {
    super(scope, id);
    this.shape = shape;
    invariant(
      shape.deadLetter.retentionMs > shape.retentionMs,
      `${shape.deadLetter.name} must keep messages longer than ${shape.name}`,
    );
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', {
      ...kindOf(shape),
      queueName: shape.deadLetter.name,
      retentionPeriod: Duration.millis(shape.deadLetter.retentionMs),
    });
    this.queue = new Queue(this, 'Queue', {
      ...kindOf(shape),
      queueName: shape.name,
      retentionPeriod: Duration.millis(shape.retentionMs),
      visibilityTimeout: Duration.millis(shape.visibilityTimeoutMs),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: shape.receivesMax },
    });
  }
}

const sealed: QueueProps = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };

/** High throughput (SQS developer guide: FIFO high throughput) is counted per message group. */
const kindOf = ({ fifo }: QueueShape): QueueProps =>
  fifo
    ? {
        ...sealed,
        fifo: true,
        deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
        fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      }
    : sealed;
