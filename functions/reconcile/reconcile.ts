import type { ControlDeps } from '../../shared/jobs/control-job.ts';
import { reconcileJobs } from '../../shared/jobs/reconcile-jobs.ts';
import type { Log } from '../../shared/lambda/log.ts';

/** One round of the reconciler, each minute. What fails is left for the next minute, and logged. */
export const createReconcile =
  (deps: ControlDeps & { readonly log: Log }) => async (remainingMs?: () => number) => {
    const { failures, ...counts } = await reconcileJobs(deps, remainingMs);
    for (const { jobId, error } of failures) {
      deps.log.error('a job could not be reconciled', { jobId, code: error.code, error });
    }
    deps.log.info('reconciled', { ...counts, failed: failures.length });
    return { ...counts, failed: failures.length };
  };
