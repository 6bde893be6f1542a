/**
 * The exported Lambda handler: the function's behaviour inside the middleware that every function
 * shares. Logs carry the request id; an error that gets this far is logged once and thrown on, so that
 * the failed invocation is counted and its message comes back. Metrics are written at the end of the
 * invocation, whatever that end is.
 */
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { toSluiceError } from '../errors/sluice-error.ts';
import type { createLog } from './log.ts';

export type Behaviour<Event, Answer> = (event: Event, context: Context) => Promise<Answer>;

export const createHandler = <Event, Answer>(
  log: ReturnType<typeof createLog>,
  metrics: { flush(): void },
  behaviour: Behaviour<Event, Answer>,
): middy.MiddyfiedHandler<Event, Answer> =>
  middy<Event, Answer>()
    .use(injectLambdaContext(log.logger, { resetKeys: true }))
    .use(writeMetrics(metrics))
    .use(reportErrors(log))
    .handler(behaviour);

const writeMetrics = (metrics: { flush(): void }): middy.MiddlewareObj<unknown, unknown> => ({
  after: () => metrics.flush(),
  onError: () => metrics.flush(),
});

const reportErrors = (
  log: ReturnType<typeof createLog>,
): middy.MiddlewareObj<unknown, unknown> => ({
  onError: ({ error }) => {
    const { code } = toSluiceError(error);
    log.error('the invocation failed', { code, error: error ?? undefined });
  },
});
