/**
 * Sluice's HTTP API as functions.
 *
 * Every method throws ApiError for an answer that is not 2xx, UnreachableError where none came, and
 * Interrupted after Ctrl-C. Nothing is sent twice: whoever wants to repeat a submit gives a key.
 */
import ky, { type Input, type KyInstance, type Options } from 'ky';
import { seconds } from '../shared/kernel/duration.ts';
import { isJsonObject, type Json, parseJson } from '../shared/kernel/json.ts';
import { ApiError, UnreachableError } from './api-error.ts';
import type {
  BudgetView,
  JobPageView,
  JobSummaryView,
  JobTypeView,
  JobView,
  SubmittedView,
} from './api-views.ts';
import { describeFailure } from './describe-failure.ts';
import { Interrupted, type Io } from './io.ts';

export type RequestSigner = (request: Request) => Promise<Request>;

export interface ApiClientOptions {
  readonly io: Io;
  readonly url: URL;
  /** Signs each request to the API (never one to where it redirects). Default: none. */
  readonly sign?: RequestSigner | undefined;
}

export type ApiClient = ReturnType<typeof createApiClient>;

const ANSWER_TIMEOUT_MS = seconds(10);

export function createApiClient({ io, url, sign }: ApiClientOptions) {
  const plain = ky.create({
    fetch: (input) => io.fetch(input as Request),
    retry: 0,
    timeout: ANSWER_TIMEOUT_MS,
    redirect: 'manual',
    throwHttpErrors: false,
    signal: io.interrupted,
  });
  const signed = sign
    ? plain.extend({ hooks: { beforeRequest: [({ request }) => sign(request)] } })
    : plain;
  const base = new URL(url.pathname.endsWith('/') ? url : `${url}/`);

  const open = (client: KyInstance, input: Input, options: Options): Promise<Response> =>
    send(io, client, input, options);
  /** The answer's JSON, which must hold `key`: what does not is not a Sluice API. */
  const ask = async <T>(key: string, path: string, options: Options = {}): Promise<T> => {
    const response = await open(signed, new URL(path, base), options);
    const body = await readBody(response);
    if (response.ok && isJsonObject(body) && key in body) return body as T;
    throw new ApiError(response.status, response.ok ? undefined : body, notSluice(response, base));
  };
  const post = <T>(key: string, path: string, body?: string): Promise<T> =>
    ask(key, path, {
      method: 'post',
      ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
    });

  return {
    submitJob: (jobText: string) => post<SubmittedView>('id', 'jobs', jobText),
    listJobs: (query: Readonly<Record<string, string | undefined>>) =>
      ask<JobPageView>('jobs', 'jobs', { searchParams: query }),
    readJob: (id: string) => ask<JobView>('id', jobPath(id)),
    cancelJob: (id: string) => post<JobSummaryView>('id', `${jobPath(id)}/cancel`),
    retryJob: (id: string) => post<JobSummaryView>('id', `${jobPath(id)}/retry`),
    listJobTypes: () => ask<{ readonly jobTypes: readonly JobTypeView[] }>('jobTypes', 'job-types'),
    listBudgets: () => ask<{ readonly budgets: readonly BudgetView[] }>('budgets', 'budgets'),
    pauseBudget: (id: string) => post<BudgetView>('id', `${budgetPath(id)}/pause`),
    resumeBudget: (id: string) => post<BudgetView>('id', `${budgetPath(id)}/resume`),
    /** The result's own bytes; a large one comes from where the API points to. */
    async openResult(id: string): Promise<Response> {
      const answer = await open(signed, new URL(`${jobPath(id)}/result`, base), {});
      const location = answer.headers.get('location');
      const isLink = answer.status >= 300 && answer.status < 400 && location !== null;
      const response = isLink ? await open(plain, new URL(location, base), {}) : answer;
      if (response.ok) return response;
      throw new ApiError(response.status, await readBody(response), notSluice(response, base));
    },
  };
}

async function send(io: Io, client: KyInstance, input: Input, options: Options): Promise<Response> {
  try {
    return await client(input, options);
  } catch (error) {
    if (io.interrupted.aborted) throw new Interrupted('stopped', { cause: error });
    if (error instanceof UnreachableError) throw error;
    throw new UnreachableError(`no answer from ${input}: ${describeFailure(error)}`, {
      cause: error,
    });
  }
}

/** undefined where the body is not JSON, or was cut. */
async function readBody(response: Response): Promise<Json | undefined> {
  try {
    return parseJson(await response.text());
  } catch {
    return undefined;
  }
}

const notSluice = ({ status }: Response, base: URL): string =>
  `${base} answered ${status}, but not as Sluice does: is the URL right?`;

const jobPath = (id: string): string => `jobs/${encodeURIComponent(id)}`;

const budgetPath = (id: string): string =>
  `budgets/${id.split('/').map(encodeURIComponent).join('/')}`;
