import { parseEnvironment } from '../../shared/config/environment.ts';
import { createHandler } from '../../shared/lambda/create-handler.ts';
import { createLog } from '../../shared/lambda/log.ts';
import { createControlDeps } from '../submitting.ts';
import { reconcileContract } from './contract.ts';
import { createReconcile } from './reconcile.ts';

const env = parseEnvironment(reconcileContract.environment, process.env);
const log = createLog(reconcileContract.name);

export const handler = createHandler(log, createReconcile({ ...createControlDeps(env, log), log }));
