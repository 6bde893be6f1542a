/**
 * Tells of a finished job: an event on the bus, then the answer to the Step Functions task that waits
 * for it, if one does.
 *
 * Guarantees: returns only after both were taken, so that whoever repeats it until it returns has
 * told of every outcome at least once. A task that no longer waits (timed out, or answered by an
 * earlier announcement) is no failure.
 */
import {
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { EVENT_SOURCE } from '../config/reaction.ts';
import type { Job } from '../jobs/job.ts';
import type { OutcomeAnnouncer } from '../jobs/ports.ts';
import { isOutcome, type Outcome } from '../jobs/states.ts';
import { invariant } from '../kernel/invariant.ts';
import { orUnavailable } from './or-unavailable.ts';
import { finishedAtMs, outcomeDetail, outcomeEventTypes } from './outcome-event.ts';
import { type EventBusOptions, putEvents } from './put-events.ts';
import { type TaskAnswer, taskAnswer } from './task-answer.ts';

export interface OutcomeAnnouncerOptions extends EventBusOptions {
  readonly tasks: SFNClient;
  /** Told of a task that no longer waits, for the log. `reason` is the name Step Functions gives. */
  readonly onTaskGone?: (job: Job, reason: string) => void;
}

export function createOutcomeAnnouncer(options: OutcomeAnnouncerOptions): OutcomeAnnouncer {
  return {
    async announce(job) {
      const { status, taskToken } = job;
      invariant(isOutcome(status), `job ${job.id} is ${status}: there is no outcome to announce`);
      await putEvents(options, [entryOf(job, status)]);
      if (taskToken !== undefined) await answerTask(options, job, taskToken, status);
    },
  };
}

const entryOf = (job: Job, outcome: Outcome) => ({
  Source: EVENT_SOURCE,
  DetailType: outcomeEventTypes[outcome],
  Detail: outcomeDetail(job),
  Time: new Date(finishedAtMs(job)),
});

/** Names of "nobody waits for this token any more" (Step Functions API reference: SendTaskSuccess). */
const taskGone = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

async function answerTask(
  options: OutcomeAnnouncerOptions,
  job: Job,
  taskToken: string,
  outcome: Outcome,
): Promise<void> {
  const answer = sendAnswer(options.tasks, taskToken, taskAnswer(job, outcome));
  const tolerant = answer.catch((error: unknown) => {
    if (!(error instanceof Error && taskGone.has(error.name))) throw error;
    options.onTaskGone?.(job, error.name);
  });
  await orUnavailable('Step Functions', tolerant);
}

async function sendAnswer(tasks: SFNClient, taskToken: string, answer: TaskAnswer): Promise<void> {
  if (answer.kind === 'success') {
    await tasks.send(new SendTaskSuccessCommand({ taskToken, output: answer.output }));
  } else {
    const { error, cause } = answer;
    await tasks.send(new SendTaskFailureCommand({ taskToken, error, cause }));
  }
}
