/**
 * Follows a job to its end. Survives an API that is away for a while, once it has answered.
 * Throws Interrupted with Ctrl-C; the job goes on.
 */
import { isFinished } from '../shared/jobs/states.ts';
import { seconds } from '../shared/kernel/duration.ts';
import type { ApiClient } from './api-client.ts';
import { ApiError, UnreachableError } from './api-error.ts';
import type { JobView } from './api-views.ts';
import type { Context } from './commands/command.ts';
import { type ExitCode, exitCodeOf } from './exit-codes.ts';
import { pause } from './io.ts';
import { createWatchView, type WatchView } from './watch-view.ts';

export const POLL_INTERVAL_MS = seconds(1);
export const MISSES_MAX = 10;

export async function watchJob(context: Context, id: string): Promise<ExitCode> {
  const { io, printer } = context;
  const api = context.connect();
  const view = createWatchView(io, printer);
  try {
    let job = await api.readJob(id);
    view.show(job);
    while (!isFinished(job.status)) {
      await pause(io, POLL_INTERVAL_MS);
      job = await readAgain(context, api, view, id);
      view.show(job);
    }
    view.end(job);
    return exitCodeOf(job.status);
  } finally {
    view.clear();
    if (io.interrupted.aborted) {
      printer.talk(`stopped watching; the job goes on. Again: npx sluice watch ${id}`);
    }
  }
}

/** Tries again while the API is away or busy, MISSES_MAX times in a row at most. */
async function readAgain(
  { io, printer }: Context,
  api: ApiClient,
  view: WatchView,
  id: string,
): Promise<JobView> {
  for (let misses = 1; ; misses += 1) {
    try {
      return await api.readJob(id);
    } catch (error) {
      if (!isPassing(error) || misses > MISSES_MAX) throw error;
      view.clear();
      if (misses === 1) printer.talk(`${error.message}; trying again`);
      await pause(io, POLL_INTERVAL_MS);
    }
  }
}

const isPassing = (error: unknown): error is Error =>
  error instanceof UnreachableError ||
  (error instanceof ApiError && (error.status === 429 || error.status >= 500));
