/** What the process answers to a script. Stable: scripts depend on them. */
import type { JobStatus } from '../shared/jobs/states.ts';

export const exitCodes = {
  ok: 0,
  endedOtherwise: 1,
  usage: 2,
  partial: 3,
  apiError: 4,
  unreachable: 5,
  /** sysexits.h: EX_SOFTWARE. */
  defect: 70,
  /** 128 + SIGINT, as shells spell it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodeMeanings: readonly (readonly [ExitCode, string])[] = [
  [exitCodes.ok, 'done; a watched job succeeded'],
  [exitCodes.endedOtherwise, 'a watched job failed, is uncertain, was cancelled or expired'],
  [exitCodes.usage, 'the command line is wrong'],
  [exitCodes.partial, 'a watched job succeeded in part'],
  [exitCodes.apiError, 'the API answered with an error'],
  [exitCodes.unreachable, 'the API gave no answer'],
  [exitCodes.defect, 'a defect of this tool'],
  [exitCodes.interrupted, 'stopped with Ctrl-C'],
];

/** The code of a job that has ended. */
export function exitCodeOf(status: JobStatus): ExitCode {
  if (status === 'succeeded') return exitCodes.ok;
  return status === 'partial' ? exitCodes.partial : exitCodes.endedOtherwise;
}
