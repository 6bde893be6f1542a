import { describeJob } from '../describe-job.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Command } from './command.ts';
import { parseJobId } from './job-id.ts';

export const job: Command = {
  name: 'job',
  about: 'show one job with its timeline',
  usage: ['job ID'],
  options: [],
  words: { min: 1, max: 1 },
  async run({ args, connect, io, printer }) {
    const found = await connect().readJob(parseJobId(args));
    if (printer.json) printer.document(found);
    else printer.data(...describeJob(found, io.clock.nowMs(), printer));
    return exitCodes.ok;
  },
};
