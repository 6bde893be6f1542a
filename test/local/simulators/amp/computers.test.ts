import { describe, expect, it } from 'vitest';
import { createCloud } from './cloud.ts';

interface Row {
  readonly connector_guid: string;
  readonly hostname: string;
  readonly group_guid: string;
  readonly policy: { readonly guid: string };
  readonly internal_ips: readonly string[];
  readonly last_seen?: string;
}

describe('AMP GET /computers', () => {
  it('holds the traps of real rows', () => {
    const { call } = createCloud({ fleet: { computers: 400, events: 0 } });
    const { data } = call('GET', '/computers');
    const rows = data<(Row & { network_addresses: { ip: string }[] })[]>();
    expect(rows.some(({ internal_ips }) => internal_ips[0]?.startsWith(' '))).toBe(true);
    expect(rows.some(({ network_addresses }) => network_addresses.at(-1)?.ip === '')).toBe(true);
    expect(rows.some(({ hostname }) => hostname.startsWith('büro'))).toBe(true);
    for (const field of ['last_seen', 'os_version', 'demo', 'is_compromised']) {
      expect(
        rows.some((row) => Object.hasOwn(row, field)),
        field,
      ).toBe(true);
      expect(
        rows.every((row) => Object.hasOwn(row, field)),
        field,
      ).toBe(false);
    }
    const byHardware = (field: string) => rows.filter((row) => Object.hasOwn(row, field)).length;
    expect(byHardware('windows_processor_id')).toBeGreaterThan(byHardware('mac_hardware_id'));
    expect(byHardware('mac_hardware_id')).toBeGreaterThan(0);
  });

  it('filters by parts of names, by group and by addresses', () => {
    const { call, computer } = createCloud({
      fleet: { computers: 40, hostnames: ['ACME-1', 'ACME-10', 'other'] },
    });
    const names = (query: Record<string, string>) =>
      call('GET', '/computers', { query })
        .data<Row[]>()
        .map(({ hostname }) => hostname);
    const { groupGuid, externalIp, hostname } = computer();
    expect(names({ 'hostname[]': 'acme-1' })).toEqual(['ACME-1', 'ACME-10']);
    expect(names({ 'hostname[]': 'ACME-1', 'group_guid[]': 'none' })).toEqual([]);
    expect(names({ 'group_guid[]': groupGuid })).toContain(hostname);
    expect(names({ external_ip: externalIp })).toEqual([hostname]);
    const spaced = computer(({ internalIps }) => internalIps.length > 1);
    expect(names({ internal_ip: spaced.internalIps[0]?.trim() ?? '' })).toEqual([spaced.hostname]);
  });

  it('filters by days since a computer was seen; one never seen is over any number', () => {
    const { call } = createCloud({ fleet: { computers: 400, events: 0 } });
    const list = (query: object) =>
      call('GET', '/computers', { query: { ...query } }).data<Row[]>();
    const [within, over] = [list({ last_seen_within: 7 }), list({ last_seen_over: 7 })];
    expect(within.length + over.length).toBe(400);
    expect(within.every((row) => (row.last_seen ?? '') >= '2026-03-21T15:52:47Z')).toBe(true);
    expect(over.some((row) => row.last_seen === undefined)).toBe(true);
    expect(over.some((row) => row.last_seen !== undefined)).toBe(true);
  });

  it('shows one by its GUID with its groups, and 404 for any other', () => {
    const { call, computer } = createCloud();
    const { guid, groupGuid } = computer();
    expect(call('GET', `/computers/${guid}`).data()).toMatchObject({
      connector_guid: guid,
      groups: [{ guid: groupGuid }],
      links: { trajectory: `https://api.amp.cisco.com/v1/computers/${guid}/trajectory` },
    });
    expect(call('GET', '/computers/unknown').status).toBe(404);
  });
});
