/** Commands that ask for one change of one job and print what became of it. */
import type { ApiClient } from '../api-client.ts';
import type { JobSummaryView } from '../api-views.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Command } from './command.ts';
import { parseJobId } from './job-id.ts';

type Change = (api: ApiClient, id: string) => Promise<JobSummaryView>;

const changeCommand = (name: string, about: string, change: Change): Command => ({
  name,
  about,
  usage: [`${name} ID`],
  options: [],
  words: { min: 1, max: 1 },
  async run({ args, connect, printer }) {
    const changed = await change(connect(), parseJobId(args));
    if (printer.json) printer.document(changed);
    else printer.data(`${changed.id}  ${changed.status}`);
    return exitCodes.ok;
  },
});

export const cancel = changeCommand(
  'cancel',
  'cancel a job; a running one stops before its next vendor call',
  (api, id) => api.cancelJob(id),
);

export const retry = changeCommand(
  'retry',
  'start a job again that ended without full success',
  (api, id) => api.retryJob(id),
);
