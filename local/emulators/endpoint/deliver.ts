/**
 * Hands `input` to the queue or function `targetArn`, on behalf of EventBridge and Scheduler;
 * rejects when it cannot be delivered.
 */
export type Deliver = (targetArn: string, input: string, options: DeliveryOptions) => Promise<void>;

export interface DeliveryOptions {
  /** For a FIFO queue. */
  readonly messageGroupId?: string;
}
