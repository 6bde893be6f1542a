/**
 * While a deployment replaces one version of the code by another, both run. What this version cannot
 * read may be what the other wrote a moment ago: such a job is left untouched for the other to take,
 * and parked only when it is still not readable after every deployment would be over.
 */
import type { ErrorCode } from '../errors/codes.ts';
import type { SluiceError } from '../errors/sluice-error.ts';
import { minutes, seconds } from '../kernel/duration.ts';
import type { Job } from './job.ts';

/** Longer than CloudFormation takes to update the functions of one stack. */
const OVERLAP_MS = minutes(10);
const LOOK_AGAIN_MS = seconds(30);

/** What another code or config says of a job: a new type, new parameters or steps, a new account. */
const codes: readonly ErrorCode[] = ['job.stale-input', 'job.unknown-account'];

export const mayBeOfOtherVersion = (job: Job, { code }: SluiceError, nowMs: number): boolean =>
  codes.includes(code) && nowMs < job.updatedAtMs + OVERLAP_MS;

/** Nothing is written: the row stays as the other version left it. */
export const forOtherVersion = (job: Job, nowMs: number) => ({
  kind: 'later' as const,
  untilMs: nowMs + LOOK_AGAIN_MS,
  job,
});
