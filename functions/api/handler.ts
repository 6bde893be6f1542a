import { parseEnvironment } from '../../shared/config/environment.ts';
import { createLog } from '../../shared/lambda/log.ts';
import { listBudgets } from '../../shared/providers/list-budgets.ts';
import { createHttpHandler } from '../http-handler.ts';
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
  ...createControlDeps(env, config, { log, metrics }),
  metrics,
  budgets: listBudgets(config),
  limiter: createBudgetLimiter(env),
  results: createResultReader(env),
};
const routes = createApiRoutes(deps, config.callers);

export const handler = createHttpHandler(apiContract.name, routes, { log, metrics });
