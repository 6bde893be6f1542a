import { createApiRoutes } from '../../functions/api/api.ts';
import { type ApiRoute, apiRoutes } from '../../functions/api/contract.ts';
import { parseConfig } from '../../shared/config/sluice-config.ts';
import { SluiceError, toSluiceError } from '../../shared/errors/sluice-error.ts';
import { seededRandom } from '../../shared/kernel/random.ts';
import type { HttpRequest } from '../../shared/lambda/http.ts';
import { problemAnswer } from '../../shared/lambda/problem.ts';
import { trustingWatch } from '../../shared/limiter/clock-watch.ts';
import { createLimiter } from '../../shared/limiter/limiter.ts';
import { listBudgets } from '../../shared/providers/list-budgets.ts';
import { createJobCatalog } from '../../shared/providers/registry.ts';
import { createMeasuredMetrics } from '../functions/metric-lines.ts';
import { createManualClock } from '../shared/http/manual-clock.ts';
import { createMemoryAnnouncer } from '../support/memory/memory-announcer.ts';
import { createMemoryBudgetStore } from '../support/memory/memory-budget-store.ts';
import { createMemoryJobStore } from '../support/memory/memory-job-store.ts';
import { createMemoryQueue } from '../support/memory/memory-queue.ts';
import { createMemoryResultStore } from '../support/memory/memory-result-store.ts';
import { NOW_MS } from './test-io.ts';

/** The routes that AWS runs, over memory, behind a `fetch`; nobody takes jobs off the queue. */
export function createApiInProcess() {
  const config = parseConfig({ accounts: { acme: { provider: 'automox', organizationId: 9237 } } });
  const clock = createManualClock(NOW_MS);
  const store = createMemoryJobStore();
  const limits = { store: createMemoryBudgetStore(), clock, random: seededRandom(1) };
  const routes = createApiRoutes({
    accounts: config.accounts,
    watch: trustingWatch,
    budgets: listBudgets(config),
    catalog: createJobCatalog(),
    announcer: createMemoryAnnouncer(),
    queue: createMemoryQueue(),
    results: createMemoryResultStore(),
    limiter: createLimiter(limits),
    metrics: createMeasuredMetrics().metrics,
    clock,
    store,
  });
  const fetch = async (request: Request): Promise<Response> => {
    try {
      const { route, path } = matchRoute(request);
      const answer = await routes[route](await toHttpRequest(request, route, path));
      const { status, headers = {}, body = '' } = answer;
      return new Response(new Blob([Buffer.from(body)]), { status, headers });
    } catch (error) {
      const { status, body } = problemAnswer(toSluiceError(error), { requestId: 'req-1' });
      return new Response(String(body), { status });
    }
  };
  return { fetch, store };
}

function matchRoute(request: Request) {
  const asked = `${request.method} ${new URL(request.url).pathname}`;
  for (const { route } of apiRoutes) {
    const groups = patternOf(route).exec(asked)?.groups;
    if (groups) return { route, path: { ...groups } };
  }
  throw new SluiceError('request.not-found', 'there is no such route');
}

/** API Gateway prefers a route without variables; `(?<_>)` makes a match of one have groups. */
const patternOf = (route: ApiRoute): RegExp =>
  new RegExp(`^${route.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}(?<_>)$`);

const toHttpRequest = async (
  request: Request,
  route: ApiRoute,
  path: HttpRequest['path'],
): Promise<HttpRequest> => ({
  route,
  path,
  query: Object.fromEntries(new URL(request.url).searchParams),
  headers: Object.fromEntries(request.headers),
  rawBody: new Uint8Array(await request.arrayBuffer()),
  requestId: 'req-1',
});
