import { describe, expect, it } from 'vitest';
import { createOpsRampSimulator } from '../../../../local/simulators/opsramp/opsramp-simulator.ts';
import { CLIENT, createClientTenant } from './client-tenant.ts';

const tenantOf = (seed: number) =>
  createOpsRampSimulator({ fleet: { resources: 40, alerts: 40, seed } }).tenant(CLIENT);

describe('OpsRamp fleet', () => {
  it('starts with the host names that it is given', () => {
    const fleet = { resources: 3, hostnames: ['web-01', 'web-02'] };
    const { resources } = createOpsRampSimulator({ fleet }).tenant(CLIENT);
    const names = [...resources.values()].map(({ hostName }) => hostName);
    expect(names).toEqual(['web-01', 'web-02', expect.stringContaining('-00003')]);
  });

  it('is the same for the same seed and another for another', () => {
    expect(tenantOf(7)).toEqual(tenantOf(7));
    expect(tenantOf(7)).not.toEqual(tenantOf(8));
  });

  it('has ids of its own for each of 5,000 resources and 5,000 alerts', () => {
    const fleet = { resources: 5_000, alerts: 5_000 };
    const { resources, alerts } = createOpsRampSimulator({ fleet }).tenant(CLIENT);
    expect([resources.size, alerts.size]).toEqual([5_000, 5_000]);
  });

  it('holds the traps of real rows: every state, empty texts, both sides of an alert or neither', () => {
    const { resources, alerts } = tenantOf(1);
    const rows = [...resources.values()];
    expect(new Set(rows.map(({ state }) => state)).size).toBe(3);
    expect(rows.some(({ aliasName }) => aliasName === '')).toBe(true);
    const priorities = [...alerts.values()].map(({ alert }) => alert.priority);
    expect(priorities).toContain('N/A');
    const sides = [...alerts.values()].map(({ alert }) => [alert.device, alert.resource]);
    const missing = sides.map((both) => both.filter((side) => side === undefined).length);
    expect(new Set(missing)).toEqual(new Set([0, 2]));
  });

  it('is restored, with credentials and counts, when the simulator is reset', () => {
    const { simulator, call, askToken } = createClientTenant();
    const before = structuredClone(simulator.tenant(CLIENT));
    call('POST', '/resources', { body: { hostName: 'x', resourceType: 'Linux' } });
    simulator.tenant(CLIENT).alerts.clear();
    simulator.credentials.revoke('opsramp-key');
    simulator.reset();
    expect(simulator.tenant(CLIENT)).toEqual(before);
    expect(simulator.audit().arrivals).toBe(0);
    expect(askToken().status).toBe(200);
    expect(simulator.describe()).toMatchObject([{ uniqueId: CLIENT, resources: 30, alerts: 45 }]);
  });
});
