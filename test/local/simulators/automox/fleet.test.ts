import { describe, expect, it } from 'vitest';
import { createAutomoxSimulator } from '../../../../local/simulators/automox/automox-simulator.ts';
import type { Device } from '../../../../local/simulators/automox/world.ts';
import { ORG } from './console.ts';

const fleetOf = (devices: number, seed: number): Device[] => {
  const simulator = createAutomoxSimulator({ fleet: { devices, seed } });
  return [...simulator.org(ORG).devices.values()];
};

describe('Automox fleet', () => {
  it('is the same for the same seed and another for another', () => {
    expect(fleetOf(200, 7)).toEqual(fleetOf(200, 7));
    expect(fleetOf(200, 7)).not.toEqual(fleetOf(200, 8));
  });

  it('has ids and UUIDs of its own for each of 20,000 devices', () => {
    const fleet = fleetOf(20_000, 1);
    expect(new Set(fleet.map(({ id }) => id)).size).toBe(20_000);
    expect(new Set(fleet.map(({ uuid }) => uuid)).size).toBe(20_000);
  });

  it('holds the traps of real rows: three systems, mixed dates, nulls and empty lists', () => {
    const fleet = fleetOf(500, 1);
    const shapes = new Set(
      fleet.map(({ last_refresh_time }) => last_refresh_time.replaceAll(/\d/g, '0')),
    );
    expect(shapes).toEqual(
      new Set(['0000-00-00T00:00:00+0000', '0000-00-00T00:00:00Z', '0000-00-00 00:00:00']),
    );
    const systems = new Set(fleet.map(({ os_family }) => os_family));
    expect(systems).toEqual(new Set(['Windows', 'Mac', 'Linux']));
    expect(fleet.some(({ custom_name }) => custom_name === null)).toBe(true);
    expect(fleet.some(({ serial_number }) => serial_number === null)).toBe(true);
    expect(fleet.some(({ tags }) => tags.length === 0)).toBe(true);
    expect(fleet.some(({ tags }) => tags.includes('exec team'))).toBe(true);
  });

  it('starts with the names that it is given', () => {
    const fleet = { devices: 3, hostnames: ['web-01', 'web-02'] };
    const { devices } = createAutomoxSimulator({ fleet }).org(ORG);
    const names = [...devices.values()].map(({ name }) => name);
    expect(names).toEqual(['web-01', 'web-02', expect.stringContaining('-00003')]);
  });

  it('is restored, with keys and counts, when the simulator is reset', () => {
    const simulator = createAutomoxSimulator({ fleet: { devices: 20 } });
    const before = structuredClone(simulator.org(ORG));
    simulator.org(ORG).devices.clear();
    simulator.keys.revoke('automox-key');
    simulator.reset();
    expect(simulator.org(ORG)).toEqual(before);
    const headers = { authorization: 'Bearer automox-key' };
    expect(simulator.handle({ method: 'GET', path: '/api/orgs', headers }).status).toBe(200);
    expect(simulator.describe()).toMatchObject([{ id: ORG, devices: 20, runs: 0 }]);
  });
});
