/**
 * The callback half of Step Functions: takes the answers to task tokens and keeps them for whoever
 * looks. There are no state machines here; a workflow that waits is played by the reader.
 *
 * Guarantees: a token is answered once; a second answer is TaskTimedOut, as on AWS.
 */
import { type Clock, systemClock } from '../../../shared/kernel/clock.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import { createJsonService, type JsonInput } from '../endpoint/json-service.ts';

type TaskAnswer = { readonly taskToken: string; readonly atMs: number } & (
  | { readonly kind: 'success'; readonly output: unknown }
  | { readonly kind: 'failure'; readonly error?: string; readonly cause?: string }
  | { readonly kind: 'heartbeat' }
);

export interface StepFunctionsOptions {
  readonly clock?: Pick<Clock, 'nowMs'>;
  readonly onDefect?: (error: unknown) => void;
}

export interface StepFunctions extends AwsService {
  /** The latest answers, oldest first; at most `ANSWERS_MAX`. */
  answers(): readonly TaskAnswer[];
  close(): Promise<void>;
}

const ANSWERS_MAX = 1000;

/** Source: AWS Step Functions API reference, SendTaskSuccess and SendTaskFailure. */
const LIMITS = { taskToken: 2048, error: 256, cause: 32_768 } as const;
/** In UTF-8. Source: AWS Step Functions developer guide, Quotas related to task executions. */
const OUTPUT_BYTES_MAX = 262_144;

export function createStepFunctions(options: StepFunctionsOptions = {}): StepFunctions {
  const clock = options.clock ?? systemClock;
  const answers: TaskAnswer[] = [];
  const record = (answer: TaskAnswer): object => {
    const isAnswered = answers.some(
      (one) => one.taskToken === answer.taskToken && one.kind !== 'heartbeat',
    );
    if (isAnswered) throw new AwsError('TaskTimedOut', 'The task was answered before.');
    answers.push(answer);
    if (answers.length > ANSWERS_MAX) answers.shift();
    return {};
  };
  const stamp = (input: JsonInput) => ({ taskToken: parseToken(input), atMs: clock.nowMs() });
  const service = createJsonService({
    name: 'states',
    version: '1.0',
    operations: {
      SendTaskSuccess: (input) =>
        record({ kind: 'success', ...stamp(input), output: parseOutput(input) }),
      SendTaskFailure: (input) =>
        record({
          kind: 'failure',
          ...stamp(input),
          ...optionalText(input, 'error'),
          ...optionalText(input, 'cause'),
        }),
      SendTaskHeartbeat: (input) => record({ kind: 'heartbeat', ...stamp(input) }),
    },
    ...(options.onDefect && { onDefect: options.onDefect }),
  });
  return { ...service, answers: () => [...answers], close: async () => undefined };
}

function parseToken(input: JsonInput): string {
  const token = input['taskToken'];
  if (typeof token === 'string' && token.length > 0 && token.length <= LIMITS.taskToken) {
    return token;
  }
  throw new AwsError('InvalidToken', 'Invalid Token');
}

function parseOutput(input: JsonInput): unknown {
  const output = input['output'];
  if (typeof output === 'string' && Buffer.byteLength(output) <= OUTPUT_BYTES_MAX) {
    try {
      return JSON.parse(output);
    } catch {
      // Told below, as is every other output that is no JSON text.
    }
  }
  throw new AwsError('InvalidOutput', 'The output is not JSON text of at most 256 KiB.');
}

function optionalText<K extends 'error' | 'cause'>(input: JsonInput, name: K) {
  const text = input[name];
  if (text === undefined) return {};
  if (typeof text === 'string' && text.length <= LIMITS[name]) {
    return { [name]: text } as { readonly [P in K]: string };
  }
  throw new AwsError('ValidationException', `${name} is longer than ${LIMITS[name]} characters`);
}
