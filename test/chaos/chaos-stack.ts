/**
 * `npm start` as a process of its own, on a data folder that outlives it, against a vendor that
 * outlives it too. It can lose its power, and be started again.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { onTestFinished } from 'vitest';
import { createAutomoxSimulator } from '../../local/simulators/automox/automox-simulator.ts';
import { startSimulatorServer } from '../../local/simulators/frame/server.ts';
import { localClientConfig } from '../../local/stack/provision.ts';
import { accountSecretId } from '../../shared/config/account.ts';
import { type StartProcess, startProcess } from '../local/start-process.ts';

export const ORG = 9237;
export const WINDOW_MS = 3_000;
const MINUTE_MS = 60_000;
const KEY = 'chaos-key';

export type ChaosStack = Awaited<ReturnType<typeof openChaosStack>>;

export async function openChaosStack() {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-chaos-'));
  const simulator = createAutomoxSimulator({
    fleet: { devices: 60 },
    keys: { [KEY]: { accountId: 'acme', orgs: [ORG] } },
    windowScale: WINDOW_MS / MINUTE_MS,
  });
  const server = await startSimulatorServer(simulator);
  onTestFinished(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const config = join(folder, 'sluice.config.json');
  const budget = { windowSeconds: WINDOW_MS / 1_000 };
  const account = { provider: 'automox', organizationId: ORG, endpoint: server.url };
  writeFileSync(
    config,
    JSON.stringify({
      accounts: { acme: account },
      budgets: { 'automox/acme/servers.batch': budget, 'automox/acme/servers.list': budget },
    }),
  );
  const start = async (): Promise<Running> => {
    const data = join(folder, 'data');
    const child = startProcess('--data', data, '--port', '0', '--config', config);
    const output = await child.untilPrinted('Stop: Ctrl-C');
    return { child, url: urlIn(output, 'HTTP API'), awsUrl: urlIn(output, 'AWS endpoint') };
  };

  let running = await start();
  const secrets = new SecretsManagerClient(localClientConfig(running.awsUrl));
  const SecretString = JSON.stringify({ apiKey: KEY });
  await secrets.send(
    new PutSecretValueCommand({ SecretId: accountSecretId('acme'), SecretString }),
  );
  return {
    simulator,
    org: () => simulator.org(ORG),
    url: () => running.url,
    awsUrl: () => running.awsUrl,
    pid: () => running.child.pid,
    /** Every process of it is gone at once; then it is started on what is on the disk. */
    async losePower(): Promise<void> {
      running.child.killAll();
      await running.child.ended();
      running = await start();
    },
  };
}

interface Running {
  readonly child: StartProcess;
  readonly url: string;
  readonly awsUrl: string;
}

function urlIn(output: string, name: string): string {
  const [, url] = new RegExp(`${name}\\s+(\\S+)`).exec(output) ?? [];
  if (url === undefined) throw new Error(`no ${name} in ${output}`);
  return url;
}
