import { parseEnvironment } from '../../shared/config/environment.ts';
import { createHandler } from '../../shared/lambda/create-handler.ts';
import { createHttpBehaviour } from '../../shared/lambda/http-behaviour.ts';
import { createLog } from '../../shared/lambda/log.ts';
import { listBudgets } from '../../shared/providers/list-budgets.ts';
import { createFunctionMetrics } from '../metrics.ts';
import { createControlDeps } from '../submitting.ts';
import { createBudgetLimiter, createResultReader, readConfig } from '../wiring.ts';
import { createApiRoutes } from './api.ts';
import { apiContract } from './contract.ts';

const env = parseEnvironment(apiContract.environment, process.env);
const log = createLog(apiContract.name);
const config = readConfig(env);
const metrics = createFunctionMetrics(config);
const deps = {
  ...createControlDeps(env, { log, metrics }),
  metrics,
  budgets: listBudgets(config),
  limiter: createBudgetLimiter(env),
  results: createResultReader(env),
};
const routes = createApiRoutes(deps, config.callers);

const onDefect = (): void => metrics.add('RequestsFailed', 1, { Function: apiContract.name });

export const handler = createHandler(log, metrics, createHttpBehaviour(routes, log, onDefect));
