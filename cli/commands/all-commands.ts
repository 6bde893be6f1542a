import { budgets } from './budgets.ts';
import { cancel, retry } from './change-job.ts';
import type { Command } from './command.ts';
import { help } from './help.ts';
import { job } from './job.ts';
import { jobTypes } from './job-types.ts';
import { jobs } from './jobs.ts';
import { result } from './result.ts';
import { submit } from './submit.ts';
import { watch } from './watch.ts';

/** In the order of the help. */
export const allCommands: readonly Command[] = [
  submit,
  jobs,
  job,
  watch,
  result,
  cancel,
  retry,
  budgets,
  jobTypes,
  help,
];
