/**
 * Runs the simulator by itself and prints one line of JSON with its URL.
 *
 *   node local/simulators/automox/main.ts --port 8080 --devices 20000 --key my-key --org 9237
 */
import { parseArgs } from 'node:util';
import { startSimulatorServer } from '../frame/server.ts';
import { createAutomoxSimulator } from './automox-simulator.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    devices: { type: 'string', default: '1500' },
    seed: { type: 'string', default: '1' },
    key: { type: 'string', default: 'automox-key' },
    org: { type: 'string', default: '9237' },
  },
});

const simulator = createAutomoxSimulator({
  keys: { [values.key]: { accountId: 'acme', orgs: [Number(values.org)] } },
  fleet: { devices: Number(values.devices), seed: Number(values.seed) },
});
const server = await startSimulatorServer(simulator, Number(values.port));
const { url, controlUrl } = server;
console.log(JSON.stringify({ name: simulator.name, url, controlUrl, port: server.port }));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.close());
}
