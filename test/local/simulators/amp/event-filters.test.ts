import { describe, expect, it } from 'vitest';
import { createCloud } from './cloud.ts';

interface Row {
  readonly event_type_id: number;
  readonly file?: { readonly identity: { readonly sha256: string } };
}

describe('AMP event filters', () => {
  it('start at a second, that second included', () => {
    const { simulator, call, wait } = createCloud();
    wait(10_900);
    simulator.business('acme').detect();
    const since = (start_date: string) =>
      call('GET', '/events', { query: { start_date } }).data<Row[]>().length;
    expect(since('2026-03-28T15:52:57Z')).toBe(1);
    expect(since('2026-03-28T15:52:57+00:00')).toBe(1);
    expect(since('2026-03-28T15:52:58Z')).toBe(0);
    expect(call('GET', '/events', { query: { start_date: 'today' } }).status).toBe(400);
  });

  it('join values by OR and parameters by AND, in lists or bare', () => {
    const { simulator, call, computer } = createCloud({ fleet: { computers: 9, events: 0 } });
    const { detect } = simulator.business('acme');
    const { guid, groupGuid } = computer();
    for (const typeId of [1_090_519_054, 553_648_143, 553_648_168])
      detect({ computer: guid, typeId });
    const count = (query: string) =>
      call('GET', '/events', { query: new URLSearchParams(query) }).data<Row[]>().length;
    expect(count('event_type[]=1090519054&event_type[]=553648143')).toBe(2);
    expect(count(`event_type=553648168&connector_guid=${guid}`)).toBe(1);
    expect(count(`event_type[]=553648168&connector_guid[]=other`)).toBe(0);
    expect(count(`group_guid[]=${groupGuid}`)).toBe(3);
    expect(call('GET', '/events', { query: { event_type: 'threat' } }).status).toBe(400);
  });

  it('find a file by its hash in any case, and the program that made it', () => {
    const { call } = createCloud();
    const rows = call('GET', '/events').data<Row[]>();
    const sha256 = rows.find(({ file }) => file !== undefined)?.file?.identity.sha256 ?? '';
    const found = call('GET', '/events', { query: { detection_sha256: sha256.toUpperCase() } });
    expect(found.data<Row[]>()).toEqual(
      rows.filter(({ file }) => file?.identity.sha256 === sha256),
    );
    const query = { application_sha256: '0'.repeat(64) };
    expect(call('GET', '/events', { query }).data()).toEqual([]);
  });
});

describe('AMP GET /event_types', () => {
  it('lists every type that an event has, with only a total', () => {
    const { call } = createCloud({ fleet: { computers: 40, events: 400 } });
    const { data, metadata } = call('GET', '/event_types').json<{ id: number; name: string }[]>();
    expect(metadata.results).toEqual({ total: data.length });
    const known = data.map(({ id }) => id);
    const rows = call('GET', '/events').data<Row[]>();
    expect(known).toEqual(expect.arrayContaining(rows.map((row) => row.event_type_id)));
    expect(data).toContainEqual({
      id: 2_164_260_880,
      name: 'Quarantine Failure',
      description: 'Quarantine Failure.',
    });
  });
});
