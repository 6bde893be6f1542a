import { type ApiDeps, createApiRoutes } from '../../../functions/api/api.ts';
import type { apiRoutes } from '../../../functions/api/contract.ts';
import type { Callers } from '../../../shared/config/caller.ts';
import { createHttpBehaviour } from '../../../shared/lambda/http-behaviour.ts';
import { createLimiter } from '../../../shared/limiter/limiter.ts';
import { createEngine } from '../../shared/jobs/engine.ts';
import { narrow, wide } from '../../shared/jobs/scripted-vendor.ts';
import { type EventParts, httpEvent } from '../../shared/lambda/http-events.ts';
import { createMemoryLog } from '../../shared/lambda/log-lines.ts';
import { createMemoryBudgetStore } from '../../support/memory/memory-budget-store.ts';
import { createMeasuredMetrics } from '../metric-lines.ts';

export type ApiRoute = (typeof apiRoutes)[number]['route'];

export interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Parsed where it is JSON. */
  readonly body: { readonly [field: string]: unknown };
  readonly bytes: Buffer;
}

export type BenchChanges = Partial<Pick<ApiDeps, 'accounts' | 'budgets'>> & {
  readonly callers?: Callers;
};

/** The API function on memory adapters, with the budgets of one account unless told otherwise. */
export function createApiBench(
  engine = createEngine(),
  { callers, ...changes }: BenchChanges = {},
) {
  const log = createMemoryLog();
  const measured = createMeasuredMetrics();
  const budgetStore = createMemoryBudgetStore();
  const { clock, random } = engine.deps;
  const limiter = createLimiter({ store: budgetStore, clock, random });
  const deps = {
    ...engine.deps,
    limiter,
    budgets: [narrow, wide],
    metrics: measured.metrics,
    ...changes,
  };
  const routes = createApiRoutes(deps, callers);
  const behaviour = createHttpBehaviour(routes, log);
  const ask = async (route: ApiRoute, parts: EventParts = {}): Promise<Answer> => {
    const {
      statusCode,
      headers = {},
      body = '',
      isBase64Encoded,
    } = await behaviour(httpEvent(route, parts));
    const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
    const json = /[/+]json$/.test(String(headers['content-type']));
    return { status: statusCode, headers, bytes, body: json ? JSON.parse(bytes.toString()) : {} };
  };
  return {
    engine,
    log,
    valuesOf: measured.valuesOf,
    limiter,
    ask,
    post: (message: unknown): Promise<Answer> =>
      ask('POST /jobs', { body: typeof message === 'string' ? message : JSON.stringify(message) }),
    askOf: (route: ApiRoute, id: string): Promise<Answer> => ask(route, { path: { id } }),
  };
}
