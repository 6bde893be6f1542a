/** The operations on messages: send, receive, delete, change visibility; single and in batches. */
import * as z from 'zod';
import { type BatchAnswer, checkBatchBytes, runBatch } from '../batch-entries.ts';
import { checkRange } from '../errors.ts';
import { limits } from '../limits.ts';
import { pollMessages } from '../long-poll.ts';
import { messageBytes } from '../message-check.ts';
import { operation, QueueUrl, queueOf, type SqsOperation } from './operation.ts';
import { outgoingMessage, receivedAnswer, sentAnswer, WireMessage } from './wire-message.ts';

const Names = z.array(z.string()).default([]);
const Receipt = z.object({ ReceiptHandle: z.string() });
const Visibility = Receipt.extend({ VisibilityTimeout: z.number() });
const batchOf = <T extends z.ZodRawShape>(entry: z.ZodObject<T>) =>
  QueueUrl.extend({
    Entries: z.array(z.intersection(z.object({ Id: z.string() }), entry)).default([]),
  });

export const messageOperations: Readonly<Record<string, SqsOperation>> = {
  SendMessage: operation(QueueUrl.extend(WireMessage.shape), (input, call) =>
    sentAnswer(queueOf(call, input.QueueUrl).send(outgoingMessage(input), call.nowMs)),
  ),
  SendMessageBatch: operation(batchOf(WireMessage), (input, call) => {
    const queue = queueOf(call, input.QueueUrl);
    const entries = input.Entries.map((e) => ({ id: e.Id, message: outgoingMessage(e) }));
    checkBatchBytes(entries.reduce((sum, { message }) => sum + messageBytes(message), 0));
    const answer = runBatch(entries, ({ message }) => queue.send(message, call.nowMs));
    return batchAnswer(answer, sentAnswer);
  }),
  ReceiveMessage: operation(
    QueueUrl.extend({
      MaxNumberOfMessages: z.number().optional(),
      VisibilityTimeout: z.number().optional(),
      WaitTimeSeconds: z.number().optional(),
      AttributeNames: Names,
      MessageSystemAttributeNames: Names,
      MessageAttributeNames: Names,
    }),
    async (input, call) => {
      const { model, timers } = call.service;
      const queue = queueOf(call, input.QueueUrl);
      const waitSeconds = input.WaitTimeSeconds ?? queue.settings.receiveWaitSeconds;
      checkRange(waitSeconds, 'WaitTimeSeconds', 0, limits.waitMaxSeconds.value);
      const messages = await pollMessages(model, timers, queue.name, {
        max: input.MaxNumberOfMessages,
        visibilityTimeoutSeconds: input.VisibilityTimeout,
        waitMs: waitSeconds * 1_000,
        signal: call.signal,
      });
      if (messages.length === 0) return {};
      const systemNames = [...input.AttributeNames, ...input.MessageSystemAttributeNames];
      return {
        Messages: messages.map((message) =>
          receivedAnswer(message, systemNames, input.MessageAttributeNames),
        ),
      };
    },
  ),
  DeleteMessage: operation(QueueUrl.extend(Receipt.shape), (input, call) => {
    queueOf(call, input.QueueUrl).delete(input.ReceiptHandle, call.nowMs);
    return {};
  }),
  DeleteMessageBatch: operation(batchOf(Receipt), (input, call) => {
    const queue = queueOf(call, input.QueueUrl);
    const entries = input.Entries.map((e) => ({ id: e.Id, handle: e.ReceiptHandle }));
    return batchAnswer(runBatch(entries, ({ handle }) => queue.delete(handle, call.nowMs)));
  }),
  ChangeMessageVisibility: operation(QueueUrl.extend(Visibility.shape), (input, call) => {
    const queue = queueOf(call, input.QueueUrl);
    queue.changeVisibility(input.ReceiptHandle, input.VisibilityTimeout, call.nowMs);
    return {};
  }),
  ChangeMessageVisibilityBatch: operation(batchOf(Visibility), (input, call) => {
    const queue = queueOf(call, input.QueueUrl);
    const entries = input.Entries.map((entry) => ({ id: entry.Id, ...entry }));
    const answer = runBatch(entries, ({ ReceiptHandle: handle, VisibilityTimeout: timeout }) =>
      queue.changeVisibility(handle, timeout, call.nowMs),
    );
    return batchAnswer(answer);
  }),
};

function batchAnswer<T>(answer: BatchAnswer<T>, spell: (value: T) => object = () => ({})) {
  return {
    Successful: answer.successful.map(({ id, value }) => ({ Id: id, ...spell(value) })),
    Failed: answer.failed.map(({ id, error }) => ({
      Id: id,
      Code: error.code,
      Message: error.message,
      SenderFault: error.isSenderFault,
    })),
  };
}
