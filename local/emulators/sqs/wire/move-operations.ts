/** The operations on message move tasks. */
import * as z from 'zod';
import type { MoveTask } from '../move-tasks.ts';
import { operation, type SqsOperation } from './operation.ts';

export const moveOperations: Readonly<Record<string, SqsOperation>> = {
  StartMessageMoveTask: operation(
    z.object({
      SourceArn: z.string(),
      DestinationArn: z.string().optional(),
      MaxNumberOfMessagesPerSecond: z.number().optional(),
    }),
    (input, { service, nowMs }) => {
      const request = {
        sourceArn: input.SourceArn,
        destinationArn: input.DestinationArn,
        ratePerSecond: input.MaxNumberOfMessagesPerSecond,
      };
      return { TaskHandle: service.model.moveTasks.start(request, nowMs).handle };
    },
  ),
  CancelMessageMoveTask: operation(
    z.object({ TaskHandle: z.string() }),
    ({ TaskHandle }, { service, nowMs }) => ({
      ApproximateNumberOfMessagesMoved: service.model.moveTasks.cancel(TaskHandle, nowMs).moved,
    }),
  ),
  ListMessageMoveTasks: operation(
    z.object({ SourceArn: z.string(), MaxResults: z.number().default(1) }),
    ({ SourceArn, MaxResults }, { service, nowMs }) => ({
      Results: service.model.moveTasks.list(SourceArn, MaxResults, nowMs).map(describeTask),
    }),
  ),
};

const describeTask = (task: MoveTask) => ({
  // Only a running task can be cancelled, so only that one shows its handle, as on AWS.
  TaskHandle: task.status === 'RUNNING' ? task.handle : undefined,
  Status: task.status,
  SourceArn: task.sourceArn,
  DestinationArn: task.destinationArn,
  MaxNumberOfMessagesPerSecond: task.ratePerSecond,
  ApproximateNumberOfMessagesMoved: task.moved,
  ApproximateNumberOfMessagesToMove: task.toMove,
  FailureReason: task.failureReason,
  StartedTimestamp: task.startedAtMs,
});
