/**
 * From whatever came in to a checked request. One function for every way in: the same rules, the same
 * codes, every wrong field named with its remedy.
 */
import * as z from 'zod';
import type { Account } from '../config/account.ts';
import { fieldProblems } from '../errors/field-problems.ts';
import { type FieldProblem, SluiceError } from '../errors/sluice-error.ts';
import { days } from '../kernel/duration.ts';
import { findUnsafeJson, isJsonObject, parseJson } from '../kernel/json.ts';
import { JOB_BYTES_MAX, JOB_LIFE_MAX_MS, JobRequest } from './job-request.ts';
import type { JobCatalog, JobType } from './job-type.ts';

export interface CheckedRequest {
  readonly request: JobRequest;
  readonly type: JobType;
  readonly account: Account;
  readonly params: unknown;
  readonly notBeforeMs?: number;
  readonly deadlineMs: number;
}

export interface RequestRules {
  readonly catalog: JobCatalog;
  readonly accounts: Readonly<Record<string, Account>>;
}

/** JSON text to a value. Throws `request.too-large` or `job.invalid`. */
export function parseJobText(text: string): unknown {
  if (Buffer.byteLength(text) > JOB_BYTES_MAX) {
    throw new SluiceError(
      'request.too-large',
      `a job message holds at most ${JOB_BYTES_MAX} bytes`,
    );
  }
  try {
    return parseJson(text);
  } catch (cause) {
    const fields = [{ field: '(body)', problem: 'is not JSON' }];
    throw new SluiceError('job.invalid', 'the message is not JSON', { cause, fields });
  }
}

/** Throws `job.invalid`, `job.unknown-type` or `job.unknown-account`, naming every wrong field. */
export function parseJobRequest(
  input: unknown,
  rules: RequestRules,
  nowMs: number,
): CheckedRequest {
  const unsafe = findUnsafeJson(input);
  if (unsafe !== undefined) throw invalid([{ field: '(body)', problem: unsafe }]);
  if (!isJsonObject(input)) {
    throw invalid([
      { field: '(body)', problem: 'must be a JSON object with "type" and "account"' },
    ]);
  }
  const parsed = z.safeParse(JobRequest, input);
  if (!parsed.success) throw invalid(fieldProblems(parsed.error));
  const request = parsed.data;
  const type = findType(request, rules.catalog);
  const account = findAccount(request, type, rules.accounts);
  const params = z.safeParse(type.params, request.params);
  const fields = [
    ...(params.success ? [] : fieldProblems(params.error, 'params')),
    ...timeProblems(request, nowMs),
  ];
  if (fields.length > 0) throw invalid(fields);
  const notBeforeMs = request.notBefore === undefined ? nowMs : Date.parse(request.notBefore);
  const startMs = Math.max(nowMs, notBeforeMs);
  return {
    request,
    type,
    account,
    params: params.data,
    ...(notBeforeMs > nowMs ? { notBeforeMs } : {}),
    deadlineMs:
      request.deadline === undefined ? startMs + JOB_LIFE_MAX_MS : Date.parse(request.deadline),
  };
}

function findType(request: JobRequest, catalog: JobCatalog): JobType {
  const type = catalog.find(request.type);
  if (type) return type;
  const known = catalog.list().map(({ type: name }) => name);
  const problem = `is not a job type; known are ${known.join(', ')}`;
  throw new SluiceError('job.unknown-type', `"${request.type}" ${problem}`, {
    fields: [{ field: 'type', problem }],
  });
}

function findAccount(
  request: JobRequest,
  type: JobType,
  accounts: Readonly<Record<string, Account>>,
): Account {
  const account = Object.hasOwn(accounts, request.account) ? accounts[request.account] : undefined;
  if (account?.provider === type.provider) return account;
  const problem =
    account === undefined
      ? 'is not an account of the config'
      : `is an account of ${account.provider}; the job type needs one of ${type.provider}`;
  throw new SluiceError('job.unknown-account', `"${request.account}" ${problem}`, {
    fields: [{ field: 'account', problem }],
  });
}

const NOT_BEFORE_MAX_MS = days(365);

function timeProblems(request: JobRequest, nowMs: number): FieldProblem[] {
  const notBeforeMs = request.notBefore === undefined ? nowMs : Date.parse(request.notBefore);
  const startMs = Math.max(nowMs, notBeforeMs);
  const problems: FieldProblem[] = [];
  if (notBeforeMs > nowMs + NOT_BEFORE_MAX_MS) {
    problems.push({ field: 'notBefore', problem: 'must be within a year from now' });
  }
  if (request.deadline === undefined) return problems;
  const deadlineMs = Date.parse(request.deadline);
  if (deadlineMs <= startMs) {
    const start = request.notBefore === undefined ? 'now' : 'notBefore';
    problems.push({ field: 'deadline', problem: `must be later than ${start}` });
  } else if (deadlineMs > startMs + JOB_LIFE_MAX_MS) {
    const daysMax = JOB_LIFE_MAX_MS / days(1);
    problems.push({
      field: 'deadline',
      problem: `must be within ${daysMax} days of the start: the queue keeps a job no longer`,
    });
  }
  return problems;
}

const invalid = (fields: readonly FieldProblem[]): SluiceError => {
  const described = fields.map(({ field, problem }) => `${field} ${problem}`).join('; ');
  return new SluiceError('job.invalid', `the job message is wrong: ${described}`, { fields });
};
