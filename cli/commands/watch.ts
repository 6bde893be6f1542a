import { watchJob } from '../watch-job.ts';
import type { Command } from './command.ts';
import { parseJobId } from './job-id.ts';

export const watch: Command = {
  name: 'watch',
  about: 'follow a job until it ends; the exit code tells how',
  usage: ['watch ID'],
  options: [],
  words: { min: 1, max: 1 },
  run: (context) => watchJob(context, parseJobId(context.args)),
};
