/** The routes of the HTTP API: submit, list, read, cancel and retry jobs; job types; budgets. */
import { type Callers, createSight } from '../../shared/config/caller.ts';
import { SluiceError, toSluiceError } from '../../shared/errors/sluice-error.ts';
import {
  type ControlDeps,
  cancelJob,
  requireJob,
  retryJob,
} from '../../shared/jobs/control-job.ts';
import { describeJob, describeSummary } from '../../shared/jobs/describe-job.ts';
import { parseJobText } from '../../shared/jobs/parse-job-request.ts';
import { rejectJob } from '../../shared/jobs/reject-job.ts';
import { type SubmitDeps, submitJob } from '../../shared/jobs/submit-job.ts';
import { type HttpRequest, jsonAnswer } from '../../shared/lambda/http.ts';
import type { Route } from '../../shared/lambda/http-behaviour.ts';
import { problemAnswer } from '../../shared/lambda/problem.ts';
import type { FunctionMetrics } from '../metrics.ts';
import { type BudgetRoutesDeps, createBudgetRoutes } from './budget-routes.ts';
import { viewOf } from './caller-view.ts';
import { type ApiRoute, apiRoutes } from './contract.ts';
import { describeJobTypes } from './describe-job-types.ts';
import { parseJobQuery } from './job-query.ts';
import { answerResult, type ResultDeps } from './result-answer.ts';

export type ApiDeps = SubmitDeps &
  ControlDeps &
  BudgetRoutesDeps &
  ResultDeps & { readonly metrics: FunctionMetrics };

type ApiRoutes = Readonly<Record<ApiRoute, Route>>;

/** Each request meets routes that know nothing but what its caller may know. */
export function createApiRoutes(deps: ApiDeps, callers?: Callers): ApiRoutes {
  const sightOf = createSight(callers);
  const routeFor =
    (route: ApiRoute): Route =>
    (request) =>
      routesOf(viewOf(deps, sightOf(request.caller)))[route](request);
  const entries = apiRoutes.map(({ route }) => [route, routeFor(route)]);
  return Object.fromEntries(entries) as ApiRoutes;
}

function routesOf(deps: ApiDeps): ApiRoutes {
  const { store, catalog } = deps;
  return {
    'POST /jobs': (request) => submit(deps, request),
    'GET /jobs': async ({ query }) => {
      const { jobs, cursor } = await store.list(parseJobQuery(query));
      return jsonAnswer(200, { jobs: jobs.map(describeSummary), ...(cursor ? { cursor } : {}) });
    },
    'GET /jobs/{id}': async (request) =>
      jsonAnswer(200, describeJob(await requireJob(store, idOf(request)))),
    'GET /jobs/{id}/result': async (request) =>
      answerResult(deps, await requireJob(store, idOf(request))),
    'POST /jobs/{id}/cancel': async (request) =>
      jsonAnswer(202, describeSummary(await cancelJob(deps, idOf(request)))),
    'POST /jobs/{id}/retry': async (request) =>
      jsonAnswer(202, describeSummary(await retryJob(deps, idOf(request)))),
    'GET /job-types': async () => jsonAnswer(200, { jobTypes: describeJobTypes(catalog) }),
    ...createBudgetRoutes(deps),
    'GET /health': async () => jsonAnswer(200, { status: 'ok' }),
  };
}

/** Far longer than any id, and short enough for the key of a table. */
const ID_CHARS_MAX = 128;

/** Throws `job.not-found` for what can be no id. */
function idOf({ path }: HttpRequest): string {
  const { id = '' } = path;
  if (id !== '' && id.length <= ID_CHARS_MAX) return id;
  throw new SluiceError('job.not-found', 'there is no job of that id');
}

/** A wrong message is answered with its reasons and recorded like those of every other way in. */
const submit = async (deps: ApiDeps, request: HttpRequest) => {
  const text = Buffer.from(request.rawBody).toString('utf8');
  let input: unknown = text;
  try {
    input = parseJobText(text);
    const { job, duplicate } = await submitJob(deps, input, { way: 'http' });
    deps.metrics.add('JobsAccepted', duplicate ? 0 : 1, { Way: 'http' });
    const answer = { id: job.id, status: job.status, ...(duplicate ? { duplicate } : {}) };
    return jsonAnswer(202, answer, { location: `/jobs/${job.id}` });
  } catch (error) {
    const known = toSluiceError(error);
    if (known.code === 'lane.full') deps.metrics.add('JobsPutOff', 1, { Way: 'http' });
    if (known.disposition !== 'answer') throw error;
    deps.metrics.add('JobsRejected', 1, { Way: 'http' });
    const { requestId } = request;
    const origin = { way: 'http', detail: requestId } as const;
    const row = await rejectJob(deps.store, input, origin, known, deps.clock.nowMs());
    return problemAnswer(known, { requestId, jobId: row.id });
  }
};
