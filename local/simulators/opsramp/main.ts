/**
 * Runs the simulator by itself and prints one line of JSON with its URL.
 *
 *   node local/simulators/opsramp/main.ts --port 8081 --resources 500 --alerts 2000 --key my-key \
 *     --secret my-secret --tenant client_42
 */
import { parseArgs } from 'node:util';
import { startSimulatorServer } from '../frame/server.ts';
import { createOpsRampSimulator } from './opsramp-simulator.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    resources: { type: 'string', default: '200' },
    alerts: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    key: { type: 'string', default: 'opsramp-key' },
    secret: { type: 'string', default: 'opsramp-secret' },
    tenant: { type: 'string', default: 'client_42' },
  },
});

const simulator = createOpsRampSimulator({
  credentials: { [values.key]: { secret: values.secret, tenants: [values.tenant] } },
  fleet: {
    resources: Number(values.resources),
    alerts: Number(values.alerts),
    seed: Number(values.seed),
  },
});
const server = await startSimulatorServer(simulator, Number(values.port));
const { url, controlUrl } = server;
console.log(JSON.stringify({ name: simulator.name, url, controlUrl, port: server.port }));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.close());
}
