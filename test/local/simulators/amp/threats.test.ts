import { describe, expect, it } from 'vitest';
import { createCloud } from './cloud.ts';

interface Row {
  readonly connector_guid: string;
}

interface Vulnerability {
  readonly file: { readonly identity: { readonly sha256: string } };
  readonly computers: readonly Row[];
  readonly computers_total_count: number;
}

interface Trajectory {
  readonly computer: Row;
  readonly events: readonly { readonly timestamp: number; readonly user_name?: string }[];
}

describe('AMP activity', () => {
  it('finds the computers of a file, an address or a link, in short rows', () => {
    const { simulator, call, computer } = createCloud({ fleet: { computers: 20, events: 0 } });
    const { guid } = computer();
    const sha256 = 'cd'.repeat(32);
    simulator.business('acme').detect({ computer: guid, sha256 });
    const cloudIoc = simulator.business('acme').detect({ computer: guid, typeId: 1_107_296_274 });
    const found = (q: string) => call('GET', '/computers/activity', { query: { q } }).data<Row[]>();
    const { remote_ip = '', dirty_url = '' } = cloudIoc.network_info ?? {};
    for (const q of [sha256, sha256.toUpperCase(), remote_ip, dirty_url]) {
      expect(found(q), q).toMatchObject([{ connector_guid: guid, links: {} }]);
    }
    expect(found('unheard-of.exe')).toEqual([]);
    expect(found(sha256)[0]).not.toHaveProperty('policy');
  });

  it('finds the computers of a user, and refuses to look for nothing', () => {
    const { call, computer } = createCloud();
    const { guid, users } = computer();
    const path = '/computers/user_activity';
    expect(call('GET', path, { query: { q: users[0] ?? '' } }).data()).toMatchObject([
      { connector_guid: guid },
    ]);
    expect(call('GET', path).status).toBe(400);
    expect(call('GET', '/computers/activity').status).toBe(400);
  });
});

describe('AMP trajectory', () => {
  it('nests the computer and its events, newest first, none with an id', () => {
    const { simulator, call, computer } = createCloud();
    const { guid } = computer();
    simulator.business('acme').detect({ computer: guid });
    const { data, metadata } = call('GET', `/computers/${guid}/trajectory`).json<Trajectory>();
    expect(data.computer.connector_guid).toBe(guid);
    const stamps = data.events.map(({ timestamp }) => timestamp);
    expect(stamps).toEqual(stamps.toSorted((a, b) => b - a));
    expect(data.events[0]).toMatchObject({ event_type: 'Threat Detected' });
    expect(data.events.some((event) => Object.hasOwn(event, 'id'))).toBe(false);
    expect(data.events.at(-1)).not.toHaveProperty('event_type_id');
    expect(metadata).not.toHaveProperty('results');
  });

  it('is narrowed by what was involved, by time and to a number of events', () => {
    const { simulator, call, computer } = createCloud();
    const { guid, users } = computer();
    const sha256 = 'ef'.repeat(32);
    simulator.business('acme').detect({ computer: guid, sha256 });
    const count = (path: string, query: object) =>
      call('GET', `/computers/${guid}/${path}`, { query: { ...query } }).data<Trajectory>().events
        .length;
    expect(count('trajectory', { q: sha256 })).toBe(1);
    expect(count('trajectory', { limit: 7 })).toBe(7);
    expect(count('trajectory', { start_time: '2026-03-28T15:00:00Z' })).toBe(1);
    expect(count('user_trajectory', { q: users[0] })).toBe(60);
    expect(count('user_trajectory', { q: 'nobody' })).toBe(0);
    expect(call('GET', `/computers/${guid}/user_trajectory`).status).toBe(400);
  });
});

describe('AMP indicators', () => {
  it('are listed and shown', () => {
    const { call } = createCloud();
    const rows = call('GET', '/indicators').data<{ guid: string; name: string }[]>();
    expect(rows).toHaveLength(12);
    expect(call('GET', `/indicators/${rows[3]?.guid}`).data()).toEqual(rows[3]);
    expect(call('GET', '/indicators/none').status).toBe(404);
  });
});

describe('AMP vulnerabilities', () => {
  it('show 1,000 computers at most but count them all', () => {
    const { call } = createCloud({ fleet: { computers: 1_200, events: 0 } });
    const [first] = call('GET', '/vulnerabilities').data<Vulnerability[]>();
    expect(first?.computers_total_count).toBe(1_200);
    expect(first?.computers).toHaveLength(1_000);
    const path = `/vulnerabilities/${first?.file.identity.sha256}/computers`;
    expect(call('GET', path).json().metadata.results.total).toBe(1_000);
  });

  it('spell hashes in either case, and are found by both', () => {
    const { call } = createCloud();
    const rows = call('GET', '/vulnerabilities').data<Vulnerability[]>();
    const hashes = rows.map(({ file }) => file.identity.sha256);
    expect(hashes.some((hash) => hash === hash.toUpperCase())).toBe(true);
    expect(hashes.some((hash) => hash === hash.toLowerCase())).toBe(true);
    for (const hash of hashes) {
      const path = `/vulnerabilities/${hash.toLowerCase()}/computers`;
      expect(call('GET', path).data<Row[]>().length).toBeGreaterThan(0);
    }
  });

  it('are narrowed by group and time, and lose computers that were deleted', () => {
    const { call, computer } = createCloud();
    const { guid, groupGuid } = computer();
    const rows = (query: object) =>
      call('GET', '/vulnerabilities', { query: { ...query } }).data<Vulnerability[]>();
    const total = (query: object) => rows(query)[0]?.computers_total_count;
    const before = total({ 'group_guid[]': groupGuid }) ?? 0;
    expect(before).toBeLessThan(40);
    call('DELETE', `/computers/${guid}`);
    expect(total({ 'group_guid[]': groupGuid })).toBe(before - 1);
    expect(rows({ start_time: '2026-03-28T14:30:00Z' })).toHaveLength(1);
    expect(rows({ end_time: '2020-01-01' })).toEqual([]);
  });

  it('are listed for one computer, those of its system apart', () => {
    const { call, computer } = createCloud();
    const { guid } = computer();
    expect(call('GET', `/computers/${guid}/vulnerabilities`).data()).toHaveLength(4);
    const windows = computer(({ product, osVersion }) => product === 'windows' && !!osVersion);
    const linux = computer(({ product }) => product === 'linux');
    const path = (of: { readonly guid: string }) => `/computers/${of.guid}/os_vulnerabilities`;
    expect(call('GET', path(windows)).data()).toHaveLength(1);
    expect(call('GET', path(linux)).data()).toEqual([]);
  });
});
