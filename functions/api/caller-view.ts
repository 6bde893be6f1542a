/**
 * What one caller may know of: the API's dependencies with every other account taken out.
 *
 * Guarantees: an account that the caller may not see, its jobs and its budgets answer as if they did not
 * exist. Routes are built on a view, so that none can reach past it.
 */
import type { Sight } from '../../shared/config/caller.ts';
import { orderKey } from '../../shared/jobs/job.ts';
import type { JobPage, JobQuery, JobStore } from '../../shared/jobs/job-store.ts';
import { accountOfBudget } from '../../shared/limiter/budget.ts';
import type { ApiDeps } from './api.ts';

export function viewOf(deps: ApiDeps, sight: Sight): ApiDeps {
  if (sight === '*') return deps;
  const { accounts, budgets, store } = deps;
  return {
    ...deps,
    accounts: Object.fromEntries(Object.entries(accounts).filter(([name]) => sight.includes(name))),
    budgets: budgets.filter(({ id }) => sight.includes(accountOfBudget(id))),
    store: storeView(store, sight),
  };
}

/** Writes need no check: an id follows from its account, and a row is found before it is replaced. */
const storeView = (store: JobStore, visible: readonly string[]): JobStore => ({
  ...store,
  async find(id) {
    const job = await store.find(id);
    return job && visible.includes(job.account) ? job : undefined;
  },
  list: (query) => listOf(store, visible, query),
});

async function listOf(
  store: JobStore,
  visible: readonly string[],
  query: JobQuery,
): Promise<JobPage> {
  const accounts = [...new Set(visible)];
  const wanted = accounts.filter((it) => query.account === undefined || query.account === it);
  const pages = await Promise.all(wanted.map((account) => store.list({ ...query, account })));
  return mergePages(pages, query.limit);
}

/** Below the highest cursor some account has rows that were not read: the next page has them. */
function mergePages(pages: readonly JobPage[], limit: number): JobPage {
  const floor = pages.reduce((most, { cursor = '' }) => (cursor > most ? cursor : most), '');
  const known = pages.flatMap(({ jobs }) => jobs).filter((job) => orderKey(job) >= floor);
  const newest = known.sort((a, b) => (orderKey(a) < orderKey(b) ? 1 : -1));
  const jobs = newest.slice(0, limit);
  const last = jobs.at(-1);
  const cursor = newest.length > limit && last ? orderKey(last) : floor;
  return cursor === '' ? { jobs } : { jobs, cursor };
}
