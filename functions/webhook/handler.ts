import { parseEnvironment } from '../../shared/config/environment.ts';
import { createHandler } from '../../shared/lambda/create-handler.ts';
import { createHttpBehaviour } from '../../shared/lambda/http-behaviour.ts';
import { createLog } from '../../shared/lambda/log.ts';
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
const route = createWebhookRoute({ ...createSubmitDeps(env), sources, log, metrics });
const routes = Object.fromEntries(webhookRoutes.map((it) => [it.route, route]));

const onDefect = (): void => metrics.add('RequestsFailed', 1, { Function: webhookContract.name });

export const handler = createHandler(log, metrics, createHttpBehaviour(routes, log, onDefect));
