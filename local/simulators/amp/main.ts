/**
 * Runs the simulator by itself and prints one line of JSON with its URL.
 *
 *   node local/simulators/amp/main.ts --port 8080 --computers 20000 --client 1234 --key atest
 */
import { parseArgs } from 'node:util';
import { startSimulatorServer } from '../frame/server.ts';
import { createAmpSimulator } from './amp-simulator.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    computers: { type: 'string', default: '1500' },
    events: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    client: { type: 'string', default: '1234' },
    key: { type: 'string', default: 'atest' },
    business: { type: 'string', default: 'acme' },
  },
});

const { computers, events, seed, client, key: apiKey, business } = values;
const simulator = createAmpSimulator({
  credentials: { [client]: { apiKey, business } },
  fleet: { computers: Number(computers), events: Number(events), seed: Number(seed) },
});
const server = await startSimulatorServer(simulator, Number(values.port));
const { url, controlUrl } = server;
console.log(JSON.stringify({ name: simulator.name, url, controlUrl, port: server.port }));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.close());
}
