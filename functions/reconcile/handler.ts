import { createSecretsManagerClient } from '../../shared/aws/clients.ts';
import { createSecretVersions } from '../../shared/aws/secret-versions.ts';
import { parseEnvironment } from '../../shared/config/environment.ts';
import { describeTopology } from '../../shared/config/topology.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { createHandler } from '../../shared/lambda/create-handler.ts';
import { createLog } from '../../shared/lambda/log.ts';
import { createFunctionMetrics } from '../metrics.ts';
import { createControlDeps } from '../submitting.ts';
import { readConfig } from '../wiring.ts';
import { reconcileContract, secretAgesEvent } from './contract.ts';
import { createReconcile } from './reconcile.ts';
import { createSecretAges } from './secret-ages.ts';

const env = parseEnvironment(reconcileContract.environment, process.env);
const log = createLog(reconcileContract.name);
const config = readConfig(env);
const metrics = createFunctionMetrics(config);

const reconcile = createReconcile({ ...createControlDeps(env, config, { log, metrics }), log });
const tellSecretAges = createSecretAges({
  versions: createSecretVersions({ client: createSecretsManagerClient() }),
  secretIds: describeTopology(config).secrets.map(({ id }) => id),
  clock: systemClock,
  metrics,
  log,
});

interface Asked {
  readonly check?: string;
}

export const handler = createHandler(
  log,
  metrics,
  async ({ check }: Asked, context): Promise<object> =>
    check === secretAgesEvent.check
      ? tellSecretAges()
      : reconcile(() => context.getRemainingTimeInMillis()),
);
