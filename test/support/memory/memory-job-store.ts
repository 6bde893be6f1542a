import { type Job, type JobSummary, orderKey } from '../../../shared/jobs/job.ts';
import type { JobPage, JobQuery, JobStore } from '../../../shared/jobs/job-store.ts';

/**
 * The jobs table in memory. Rows go in and out as copies, as they would over the wire. `onRow` is told
 * of each as it is stored.
 */
export function createMemoryJobStore(onRow: (row: Job) => void = () => {}): JobStore {
  const rows = new Map<string, Job>();
  const copyOf = (id: string): Job | undefined => structuredClone(rows.get(id));
  const put = (job: Job): void => {
    rows.set(job.id, structuredClone(job));
    onRow(job);
  };
  return {
    async create(job) {
      const existing = copyOf(job.id);
      if (existing && existing.writeId !== job.writeId) return { created: false, existing };
      if (!existing) put(job);
      return { created: true };
    },
    find: async (id) => copyOf(id),
    async replace(job, expectedVersion) {
      const current = rows.get(job.id);
      if (current?.writeId === job.writeId) return { stored: true };
      if (current?.version !== expectedVersion) return { stored: false, current: copyOf(job.id) };
      put(job);
      return { stored: true };
    },
    list: async (query) => structuredClone(pageOf([...rows.values()], query)),
    listDue: async (nowMs, limit) => dueIds([...rows.values()], nowMs).slice(0, limit),
  };
}

function pageOf(rows: readonly Job[], query: JobQuery): JobPage {
  const matching = rows
    .filter((job) => matches(job, query))
    .sort((a, b) => (orderKey(a) < orderKey(b) ? 1 : -1));
  const page = matching.slice(0, query.limit);
  const last = page.at(-1);
  const jobs = page.map(summaryOf);
  return last && matching.length > page.length ? { jobs, cursor: orderKey(last) } : { jobs };
}

const matches = (job: Job, { status, account, type, cursor }: JobQuery): boolean =>
  (status === undefined || job.status === status) &&
  (account === undefined || job.account === account) &&
  (type === undefined || job.type === type) &&
  (cursor === undefined || orderKey(job) < cursor);

const summaryOf = (job: Job): JobSummary => ({
  id: job.id,
  type: job.type,
  account: job.account,
  status: job.status,
  tenant: job.tenant,
  priority: job.priority,
  createdAtMs: job.createdAtMs,
  updatedAtMs: job.updatedAtMs,
  attempts: job.attempts,
  ...(job.waiting && { waiting: job.waiting }),
  ...(job.progress && { progress: job.progress }),
  ...(job.error && { error: job.error }),
});

function dueIds(rows: readonly Job[], nowMs: number): string[] {
  const dueAt = ({ attentionAtMs = Number.POSITIVE_INFINITY }: Job): number => attentionAtMs;
  return rows
    .filter((job) => dueAt(job) <= nowMs)
    .sort((a, b) => dueAt(a) - dueAt(b))
    .map(({ id }) => id);
}
