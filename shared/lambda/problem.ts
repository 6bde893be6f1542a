/** Errors as callers see them: RFC 9457 problem documents with a stable code and every wrong field. */
import type { ErrorCode } from '../errors/codes.ts';
import { LaneFull } from '../errors/lane-full.ts';
import type { SluiceError } from '../errors/sluice-error.ts';
import { isoInstant } from '../kernel/clock.ts';
import { type HttpAnswer, jsonAnswer } from './http.ts';

/** Statuses of what callers can cause; everything else is 500, told without its text. */
const statuses: Partial<Readonly<Record<ErrorCode, readonly [status: number, title: string]>>> = {
  'job.invalid': [400, 'The job message is wrong'],
  'job.unknown-type': [400, 'There is no such job type'],
  'job.unknown-account': [400, 'There is no such account'],
  'request.invalid': [400, 'The request is wrong'],
  'webhook.unauthenticated': [401, 'The webhook is not authenticated'],
  'webhook.replayed': [401, 'The webhook is too old or too early'],
  'job.not-found': [404, 'There is no such job'],
  'budget.not-found': [404, 'There is no such budget'],
  'request.not-found': [404, 'There is no such route'],
  'webhook.unknown-source': [404, 'There is no such webhook source'],
  'request.method-not-allowed': [405, 'The route does not take that method'],
  'job.state-conflict': [409, 'The job is in another state'],
  'job.result-not-ready': [409, 'The job has no result'],
  'request.too-large': [413, 'The body is too large'],
  'job.idempotency-conflict': [422, 'The idempotency key is taken'],
  'webhook.mapping-failed': [422, 'The payload could not be mapped to a job'],
  'lane.full': [503, 'The lane is full; try again later'],
  'store.unavailable': [503, 'A store is not available; try again'],
  'host.clock-off': [503, 'This host has lost the time; try again'],
};

export interface ProblemExtras {
  readonly requestId: string;
  /** The row in which a wrong job message was recorded. */
  readonly jobId?: string;
}

export function problemAnswer(error: SluiceError, extras: ProblemExtras): HttpAnswer {
  const [status, title] = statuses[error.code] ?? [500, 'Something went wrong'];
  const told = status < 500;
  const body = {
    type: 'about:blank',
    title,
    status,
    code: told || status === 503 ? error.code : 'internal.unexpected',
    ...(told ? { detail: error.message } : {}),
    ...(told && error.fields.length > 0 ? { fields: error.fields } : {}),
    ...(error instanceof LaneFull ? describeLane(error) : {}),
    ...extras,
  };
  return jsonAnswer(status, body, {
    'content-type': 'application/problem+json',
    ...(status === 503 ? { 'retry-after': String(retryAfterS(error)) } : {}),
  });
}

const describeLane = ({ message, waiting, waitingMax, etaMs }: LaneFull) => ({
  detail: message,
  waiting,
  waitingMax,
  eta: isoInstant(etaMs),
});

const retryAfterS = (error: SluiceError): number =>
  error instanceof LaneFull ? Math.ceil(error.retryAfterMs / 1_000) : 5;
