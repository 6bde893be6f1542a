/**
 * Stores as two versions of the code see them at once. The newer one keeps something beside what the
 * older one knows, in each row and each budget, and counts every write that lost it.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { fromBudgetItem, toInnerText } from '../../../shared/aws/budget-item.ts';
import { fromJobItem, toJobItem } from '../../../shared/aws/job-item.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import type { JobStore } from '../../../shared/jobs/job-store.ts';
import type { BudgetState } from '../../../shared/limiter/budget-state.ts';
import type { BudgetStore } from '../../../shared/limiter/budget-store.ts';

export interface Stores {
  readonly jobs: JobStore;
  readonly budgets: BudgetStore;
}

export interface TwoVersions {
  readonly older: Stores;
  readonly newer: Stores;
  /** Writes of each version that touched what the newer one keeps. */
  readonly writes: { older: number; newer: number };
  /** What was written without what the newer version had put there. */
  readonly losses: string[];
}

type Version = 'older' | 'newer';
const KEPT = 'keptByNewer';

export function runTwoVersions({ jobs, budgets }: Stores): TwoVersions {
  const kept = new Map<string, AttributeValue>();
  const writes = { older: 0, newer: 0 };
  const losses: string[] = [];
  const check = (what: string, before: unknown, after: unknown): void => {
    if (before !== undefined && after === undefined) losses.push(what);
  };
  const asRead = (job: Job): Job => {
    const beside = kept.get(job.id);
    return fromJobItem({ ...toJobItem(job), ...(beside && { [KEPT]: beside }) });
  };
  const jobsOf = (version: Version): JobStore => ({
    ...jobs,
    async find(id) {
      const job = await jobs.find(id);
      return job && asRead(job);
    },
    async replace(job, expectedVersion) {
      const { [KEPT]: carried } = toJobItem(job);
      const written = await jobs.replace(job, expectedVersion);
      if (!written.stored)
        return { ...written, current: written.current && asRead(written.current) };
      // What the newer version writes has it anyway.
      if (version === 'newer') kept.set(job.id, { S: job.writeId });
      else check(job.id, kept.get(job.id), carried);
      writes[version] += 1;
      return written;
    },
  });
  const budgetsOf = (version: Version): BudgetStore => ({
    ...budgets,
    async replace(id, next, expectedVersion) {
      const extra = version === 'newer' ? { [KEPT]: 'beside the state' } : {};
      const before = await budgets.find(id);
      const after = overTheWire({ ...next, ...extra });
      const written = await budgets.replace(id, after, expectedVersion);
      if (written.stored) {
        check(id, Reflect.get(before ?? {}, KEPT), Reflect.get(after, KEPT));
        writes[version] += 1;
      }
      return written;
    },
  });
  return {
    older: { jobs: jobsOf('older'), budgets: budgetsOf('older') },
    newer: { jobs: jobsOf('newer'), budgets: budgetsOf('newer') },
    writes,
    losses,
  };
}

/** The state as it comes back from its item. */
const overTheWire = (state: BudgetState): BudgetState =>
  fromBudgetItem({
    state: { S: toInnerText(state) },
    version: { N: String(state.version) },
    blockedUntilMs: { N: String(state.blockedUntilMs) },
    ...(state.pausedSinceMs !== undefined && { pausedSinceMs: { N: String(state.pausedSinceMs) } }),
  });
