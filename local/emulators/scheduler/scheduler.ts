/**
 * EventBridge Scheduler on a laptop: `at`, `rate` and `cron` in time zones, in memory.
 *
 * Guarantees: time comes from `timers` alone, so that tests run it in virtual time.
 * Refuses to: spread runs over a flexible window, call arbitrary AWS APIs, outlive the process.
 */
import { AwsError } from '../endpoint/aws-error.ts';
import type { AwsRequest, AwsResponse, AwsService } from '../endpoint/aws-service.ts';
import type { Deliver } from '../endpoint/deliver.ts';
import { type JsonInput, parseInput } from '../endpoint/json-service.ts';
import { systemTimers, type Timers } from '../sqs/timers.ts';
import type { FailedRun } from './invoke-target.ts';
import { createClockwork } from './schedule-clockwork.ts';
import { DEFAULT_GROUP } from './schedule-operations.ts';
import { findRoute } from './scheduler-routes.ts';

export interface SchedulerOptions {
  readonly deliver: Deliver;
  readonly timers?: Timers;
  readonly region?: string;
  readonly accountId?: string;
  /** Told of a run that its target did not take within the retry policy. */
  readonly onDeliveryFailure?: (run: FailedRun) => void;
  readonly onDefect?: (error: unknown) => void;
}

export interface Scheduler extends AwsService {
  /** Cancels every run that has not started. */
  close(): Promise<void>;
}

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { timers = systemTimers, region = 'us-east-1', accountId = '000000000000' } = options;
  const records = new Map();
  const clockwork = createClockwork({
    timers,
    deliver: options.deliver,
    onDeliveryFailure: options.onDeliveryFailure ?? (() => undefined),
    onDone: ({ arn }) => void records.delete(arn),
  });
  const context = {
    records,
    clockwork,
    groups: new Map([[DEFAULT_GROUP, timers.nowMs()]]),
    nowMs: () => timers.nowMs(),
    arnPrefix: `arn:aws:scheduler:${region}:${accountId}`,
  };
  return {
    name: 'scheduler',
    handle: async (request) => {
      try {
        const { run, name } = findRoute(request) ?? notEmulated(request);
        return jsonResponse(200, run(context, readInput(request, name)));
      } catch (error) {
        if (!(error instanceof AwsError)) options.onDefect?.(error);
        return errorResponse(error);
      }
    },
    nameOperation: (request) => findRoute(request)?.operation ?? request.method,
    answerFault: (fault) =>
      errorResponse(
        fault.kind === 'throttle'
          ? new AwsError('ThrottlingException', 'Rate exceeded', { status: 429 })
          : undefined,
      ),
    close: async () => clockwork.stopAll(),
  };
}

/** Path, query and body name disjoint members, so that one record holds them all. */
const readInput = ({ query, body }: AwsRequest, name: string | undefined): JsonInput => ({
  ...parseInput(body),
  ...Object.fromEntries(query),
  ...(name !== undefined && { Name: name }),
});

function notEmulated({ method, path }: AwsRequest): never {
  throw new AwsError('UnknownOperationException', `${method} ${path}`, { status: 404 });
}

const jsonResponse = (
  status: number,
  body: object,
  headers: Record<string, string> = {},
): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

function errorResponse(error: unknown): AwsResponse {
  const known =
    error instanceof AwsError
      ? error
      : new AwsError('InternalServerException', 'internal failure', { status: 500 });
  return jsonResponse(known.status, { Message: known.message }, { 'x-amzn-errortype': known.code });
}
