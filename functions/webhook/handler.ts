import { parseEnvironment } from '../../shared/config/environment.ts';
import { createLog } from '../../shared/lambda/log.ts';
import { createHttpHandler } from '../http-handler.ts';
import { createFunctionMetrics } from '../metrics.ts';
import { createSubmitDeps } from '../submitting.ts';
import { readConfig } from '../wiring.ts';
import { webhookContract, webhookRoutes } from './contract.ts';
import { createSources } from './sources.ts';
import { createWebhookRoute } from './webhook.ts';

const env = parseEnvironment(webhookContract.environment, process.env);
const log = createLog(webhookContract.name);
const config = readConfig(env);
const metrics = createFunctionMetrics(config);
const sources = createSources(config);
const route = createWebhookRoute({ ...createSubmitDeps(env, config), sources, log, metrics });
const routes = Object.fromEntries(webhookRoutes.map((it) => [it.route, route]));

export const handler = createHttpHandler(webhookContract.name, routes, { log, metrics });
