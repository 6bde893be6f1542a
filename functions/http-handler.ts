import { createHandler } from '../shared/lambda/create-handler.ts';
import { createHttpBehaviour, type Route } from '../shared/lambda/http-behaviour.ts';
import type { createLog } from '../shared/lambda/log.ts';
import type { FunctionMetrics } from './metrics.ts';

/** The handler of a function behind the HTTP API; `name` is what its failed requests are counted under. */
export function createHttpHandler(
  name: string,
  routes: Readonly<Record<string, Route>>,
  {
    log,
    metrics,
  }: { readonly log: ReturnType<typeof createLog>; readonly metrics: FunctionMetrics },
) {
  const onDefect = (): void => metrics.add('RequestsFailed', 1, { Function: name });
  return createHandler(log, metrics, createHttpBehaviour(routes, log, onDefect));
}
