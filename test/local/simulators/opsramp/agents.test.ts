import { describe, expect, it } from 'vitest';
import { createClientTenant } from './client-tenant.ts';

describe('OpsRamp agents and gateways', () => {
  it('make a profile with a token, and two of the same name', () => {
    const { call } = createClientTenant();
    const body = { name: 'gw-2', type: 'Gateway' };
    const profile = call('POST', '/managementProfiles', { body }).json();
    expect(profile).toMatchObject({ ...body, id: expect.any(Number), status: 'Pending' });
    expect(profile).toHaveProperty('activationToken');
    call('POST', '/managementProfiles', { body });
    const query = { queryString: 'name:gw-2' };
    expect(call('GET', '/managementProfiles/search', { query }).json()).toMatchObject({
      totalResults: 2,
    });
    expect(call('POST', '/managementProfiles', { body: { name: 'x', type: 'y' } }).status).toBe(
      400,
    );
  });

  it('act on a GET: attach, detach, scan and run, each counted as a write', () => {
    const { simulator, call } = createClientTenant();
    const profile = () => call('GET', '/managementProfiles/101').json();
    call('GET', '/managementProfiles/101/detach');
    expect(profile()).toMatchObject({ registered: false });
    call('GET', '/managementProfiles/101/attach');
    expect(profile()).toMatchObject({ registered: true });
    call('GET', '/policies/discovery/action/scan/ADP-1');
    call('GET', '/policies/management/MP-1/action/run');
    expect(
      simulator
        .audit()
        .writes.slice(-4)
        .map(({ effects }) => effects),
    ).toEqual([1, 1, 1, 1]);
  });

  it('reconnect a tunnel within minutes', () => {
    const { call, wait } = createClientTenant();
    const status = () => call('GET', '/managementProfiles/101').json<{ status: string }>().status;
    call('GET', '/managementProfiles/101/reconnectTunnel');
    wait(119_999);
    expect(status()).toBe('Connecting');
    wait(1);
    expect(status()).toBe('Connected');
  });

  it('take devices into a policy, and tell of unknown ones inside a success', () => {
    const { call, server } = createClientTenant();
    const body = [{ id: server().id }, { id: 'none' }];
    expect(call('POST', '/agentPolicies/AGPOL-1/devices', { body }).json()).toEqual({
      ...{ failedEntities: { none: 'Device not found' }, failedCount: 1, successCount: 1 },
    });
  });

  it('name the agent for a distribution', () => {
    const { call } = createClientTenant();
    expect(call('GET', '/agents/LINUX/info').status).toBe(400);
    const query = { distName: 'ubuntu', architecture: 'x64' };
    expect(call('GET', '/agents/LINUX/info', { query }).json()).toHaveProperty('checksum');
  });
});
