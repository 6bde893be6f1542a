/**
 * One run of a schedule: its input with the context attributes filled in, delivered, retried with
 * backoff, and dead-lettered once the retry policy is used up.
 * Source: Amazon EventBridge Scheduler user guide, Context attributes and Retry policy.
 */
import { randomUUID } from 'node:crypto';
import { hours, seconds } from '../../../shared/kernel/duration.ts';
import type { Deliver, DeliveryOptions } from '../endpoint/deliver.ts';
import type { Timers } from '../sqs/timers.ts';
import type { ScheduleRecord } from './schedule-record.ts';

export interface FailedRun {
  readonly scheduleArn: string;
  readonly targetArn: string;
  readonly error: unknown;
}

export interface InvokeContext {
  readonly timers: Timers;
  readonly deliver: Deliver;
  readonly onDeliveryFailure: (run: FailedRun) => void;
  /** Remembers how to cancel what waits, until it has run. */
  readonly setTimer: (atMs: number, run: () => void) => void;
}

const RETRIES = {
  attempts: 185,
  ageMs: hours(24),
  firstDelayMs: seconds(1),
  delayMaxMs: seconds(60),
};

export function invokeTarget(
  context: InvokeContext,
  record: ScheduleRecord,
  scheduledAtMs: number,
): void {
  const attempt = async (number: number): Promise<void> => {
    const input = fillInput(record, scheduledAtMs, number);
    try {
      await context.deliver(record.target.Arn, input, deliveryOptions(record));
    } catch (error) {
      await retryOrGiveUp(number, input, error);
    }
  };
  const retryOrGiveUp = async (number: number, input: string, error: unknown): Promise<void> => {
    const { RetryPolicy: policy, DeadLetterConfig: deadLetters, Arn } = record.target;
    const retryAtMs = context.timers.nowMs() + backoffMs(number);
    const ageMaxMs = seconds(policy?.MaximumEventAgeInSeconds ?? RETRIES.ageMs / 1000);
    const isExhausted = number > (policy?.MaximumRetryAttempts ?? RETRIES.attempts);
    if (!isExhausted && retryAtMs <= scheduledAtMs + ageMaxMs) {
      context.setTimer(retryAtMs, () => void attempt(number + 1));
      return;
    }
    context.onDeliveryFailure({ scheduleArn: record.arn, targetArn: Arn, error });
    if (deadLetters?.Arn !== undefined) await deadLetter(deadLetters.Arn, input);
  };
  const deadLetter = async (queueArn: string, input: string): Promise<void> => {
    try {
      await context.deliver(queueArn, input, {});
    } catch (error) {
      context.onDeliveryFailure({ scheduleArn: record.arn, targetArn: queueArn, error });
    }
  };
  void attempt(1);
}

const backoffMs = (attempt: number): number =>
  Math.min(RETRIES.delayMaxMs, RETRIES.firstDelayMs * 2 ** (attempt - 1));

function deliveryOptions({ target }: ScheduleRecord): DeliveryOptions {
  const messageGroupId = target.SqsParameters?.MessageGroupId;
  return messageGroupId === undefined ? {} : { messageGroupId };
}

/** Each attempt is an execution of its own; only the scheduled time is the same for all of them. */
function fillInput(record: ScheduleRecord, scheduledAtMs: number, attempt: number): string {
  const time = wholeSeconds(scheduledAtMs);
  const template = record.target.Input ?? JSON.stringify(defaultInput(record, time));
  return template
    .replaceAll('<aws.scheduler.schedule-arn>', record.arn)
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.execution-id>', randomUUID())
    .replaceAll('<aws.scheduler.attempt-number>', String(attempt));
}

const wholeSeconds = (atMs: number): string => new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');

/** What a target gets whose schedule has no input of its own. */
const defaultInput = (record: ScheduleRecord, time: string) => ({
  version: '0',
  id: '<aws.scheduler.execution-id>',
  'detail-type': 'Scheduled Event',
  source: 'aws.scheduler',
  account: record.arn.split(':')[4],
  time,
  region: record.arn.split(':')[3],
  resources: [record.arn],
  detail: '{}',
});
