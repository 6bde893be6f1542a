/** One schedule as it was asked for, checked. */
import { AwsError } from '../endpoint/aws-error.ts';
import type { JsonInput } from '../endpoint/json-service.ts';
import { InvalidScheduleExpression } from './invalid-schedule-expression.ts';
import { parseSchedule, type ScheduleExpression } from './schedule-expression.ts';

interface ScheduleTarget {
  readonly Arn: string;
  readonly RoleArn: string;
  readonly Input?: string;
  readonly SqsParameters?: { readonly MessageGroupId?: string };
  readonly RetryPolicy?: {
    readonly MaximumRetryAttempts?: number;
    readonly MaximumEventAgeInSeconds?: number;
  };
  readonly DeadLetterConfig?: { readonly Arn?: string };
}

export interface ScheduleRecord {
  readonly arn: string;
  readonly name: string;
  readonly group: string;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  readonly clientToken: unknown;
  readonly expression: ScheduleExpression;
  readonly startAtMs: number | undefined;
  readonly endAtMs: number | undefined;
  readonly isEnabled: boolean;
  readonly isDeletedWhenDone: boolean;
  readonly target: ScheduleTarget;
  /** What GetSchedule gives back as it came. */
  readonly asked: JsonInput;
}

const NAME = /^[0-9a-zA-Z-_.]{1,64}$/;
const echoed = [
  'ActionAfterCompletion',
  'Description',
  'EndDate',
  'FlexibleTimeWindow',
  'KmsKeyArn',
  'ScheduleExpression',
  'ScheduleExpressionTimezone',
  'StartDate',
  'State',
  'Target',
];

const defaults = {
  ActionAfterCompletion: 'NONE',
  ScheduleExpressionTimezone: 'UTC',
  State: 'ENABLED',
};

export interface ScheduleIdentity {
  readonly arn: string;
  readonly name: string;
  readonly group: string;
  readonly createdAtMs: number;
}

/** Throws ValidationException. */
export function parseScheduleRecord(
  input: JsonInput,
  identity: ScheduleIdentity,
  nowMs: number,
): ScheduleRecord {
  parseName(identity.name);
  const known = Object.entries(input).filter(([name]) => echoed.includes(name));
  const asked: JsonInput = { ...defaults, ...Object.fromEntries(known) };
  const startAtMs = instantOf(asked['StartDate']);
  return {
    ...identity,
    changedAtMs: nowMs,
    clientToken: input['ClientToken'],
    expression: parseExpression(asked, startAtMs ?? nowMs),
    startAtMs,
    endAtMs: instantOf(asked['EndDate']),
    isEnabled: asked['State'] === 'ENABLED',
    isDeletedWhenDone: asked['ActionAfterCompletion'] === 'DELETE',
    target: parseTarget(asked['Target']),
    asked,
  };
}

/** A name of a schedule or group. Throws ValidationException. */
export function parseName(name: string): string {
  if (NAME.test(name)) return name;
  throw invalid('a name has 1 to 64 of letters, digits, - _ .');
}

/** AWS sends instants as seconds. */
const instantOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value * 1000 : undefined;

function parseExpression(asked: JsonInput, anchorMs: number): ScheduleExpression {
  const zone = String(asked['ScheduleExpressionTimezone']);
  try {
    return parseSchedule(String(asked['ScheduleExpression']), zone, anchorMs);
  } catch (error) {
    if (error instanceof InvalidScheduleExpression) throw invalid(error.message);
    throw error;
  }
}

function parseTarget(value: unknown): ScheduleTarget {
  const target = (value ?? {}) as Partial<ScheduleTarget>;
  const { Arn, RoleArn } = target;
  if (typeof Arn === 'string' && typeof RoleArn === 'string') return { ...target, Arn, RoleArn };
  throw invalid('Target needs Arn and RoleArn');
}

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);
