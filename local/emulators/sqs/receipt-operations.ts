/** DeleteMessage and ChangeMessageVisibility: what a receipt handle still allows. */
import { checkRange, invalidParameter, SqsError } from './errors.ts';
import { limits } from './limits.ts';
import type { QueueContext } from './queue-context.ts';
import { parseReceiptHandle } from './receipt-handle.ts';

/**
 * A standard queue accepts the delete of an older delivery and ignores it; a handle whose time is
 * over still deletes until the message is received again. A FIFO queue refuses both.
 * Source: Amazon SQS API: DeleteMessage.
 */
export function deleteMessage({ store, settings, tag }: QueueContext, handle: string): void {
  const { serial, delivery } = parseReceiptHandle(tag, handle);
  const message = store.find(serial);
  if (message === undefined) return;
  const isLatest = message.deliveries === delivery;
  if (settings.isFifo && !(isLatest && message.state === 'inFlight')) {
    throw invalidParameter(handle, 'ReceiptHandle', 'The receipt handle has expired.');
  }
  if (isLatest) store.remove(message);
}

export function changeVisibility(
  { store, tag }: QueueContext,
  handle: string,
  timeoutSeconds: number,
  nowMs: number,
): void {
  checkRange(timeoutSeconds, 'VisibilityTimeout', 0, limits.visibilityMaxSeconds.value);
  const { serial, delivery } = parseReceiptHandle(tag, handle);
  const message = store.find(serial);
  if (message === undefined || message.deliveries !== delivery) {
    throw invalidParameter(
      handle,
      'ReceiptHandle',
      'Message does not exist or is not available for visibility timeout change.',
    );
  }
  if (message.state !== 'inFlight') {
    throw new SqsError('MessageNotInflight', 'The specified message is not in flight.');
  }
  const untilMs = nowMs + timeoutSeconds * 1_000;
  if (untilMs - message.receivedAtMs > limits.visibilityTotalMs.value) {
    throw invalidParameter(
      timeoutSeconds,
      'VisibilityTimeout',
      'Total VisibilityTimeout for the message is beyond the limit [43200 seconds].',
    );
  }
  if (timeoutSeconds === 0) store.show(message);
  else store.hide(message, untilMs);
}
