import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AutomoxSimulator,
  createAutomoxSimulator,
} from '../../../local/simulators/automox/automox-simulator.ts';
import {
  type SimulatorServer,
  startSimulatorServer,
} from '../../../local/simulators/frame/server.ts';
import { accountSecretId } from '../../../shared/config/account.ts';
import { queryServers } from './messages.ts';
import { type Outcomes, watchOutcomes } from './outcomes.ts';
import { quickConfig, type RunningStack, startRunningStack } from './running-stack.ts';

/** A vendor that the user runs, beside the one that the stack simulates. */
let own: AutomoxSimulator;
let ownServer: SimulatorServer;
let running: RunningStack;
let outcomes: Outcomes;

beforeAll(async () => {
  own = createAutomoxSimulator({
    keys: { 'own-key': { accountId: 'contoso', orgs: [77] } },
    fleet: { devices: 3 },
  });
  ownServer = await startSimulatorServer(own);
  const contoso = { provider: 'automox', organizationId: 77, endpoint: ownServer.url } as const;
  const { accounts } = quickConfig();
  running = await startRunningStack({
    config: quickConfig({ accounts: { ...accounts, contoso } }),
  });
  outcomes = await watchOutcomes(running);
});

afterAll(async () => {
  await outcomes.stop();
  await running.stack.close();
  await ownServer.close();
});

const statuses = () =>
  running.stack.vendors.simulatorOf('automox').arrivals.map(({ status }) => status);

describe('an account', () => {
  it('has a key that the simulated vendor takes, without anybody having put one', async () => {
    await running.submit(queryServers('first'));
    expect(await outcomes.job('first')).toMatchObject({ status: 'succeeded' });
    expect(statuses()).toEqual([200]);
  });

  it('is served again after one refusal when its key was rotated', async () => {
    const { controlUrl } = running.stack.vendors.urls['automox'] ?? { controlUrl: '' };
    const secretId = accountSecretId('acme');
    const old = await running.readSecret(secretId);
    await fetch(`${controlUrl}/keys`, {
      method: 'POST',
      body: JSON.stringify({ rotate: { [String(old['apiKey'])]: 'rotated-key' } }),
    });
    await running.putSecret(secretId, { apiKey: 'rotated-key' });
    await running.submit(queryServers('rotated'));
    expect(await outcomes.job('rotated')).toMatchObject({ status: 'succeeded' });
    expect(statuses()).toEqual([200, 401, 200]);
  });

  it('fails its jobs, naming the secret, when the key is refused and no newer one is there', async () => {
    await running.putSecret(accountSecretId('acme'), { apiKey: 'a-key-of-nobody' });
    const { controlUrl } = running.stack.vendors.urls['automox'] ?? { controlUrl: '' };
    const revoked = JSON.stringify({ revoke: ['rotated-key'] });
    await fetch(`${controlUrl}/keys`, { method: 'POST', body: revoked });
    await running.submit(queryServers('revoked'));
    expect(await outcomes.job('revoked')).toMatchObject({
      status: 'failed',
      error: { code: 'provider.unauthorized', vendorStatus: 401 },
    });
  });

  it('is called at its own loopback endpoint, with the key that was put for it', async () => {
    const seen = running.stack.vendors.simulatorOf('automox').arrivals.length;
    await running.putSecret(accountSecretId('contoso'), { apiKey: 'own-key' });
    await running.submit({ ...queryServers('own'), account: 'contoso' });
    expect(await outcomes.job('own')).toMatchObject({
      status: 'succeeded',
      result: { kind: 'object', rows: 3 },
    });
    expect(own.arrivals.map(({ path, query }) => [path, query.includes('o=77')])).toEqual([
      ['/api/servers', true],
    ]);
    expect(running.stack.vendors.simulatorOf('automox').arrivals).toHaveLength(seen);
  });
});
