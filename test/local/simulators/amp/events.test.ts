import { describe, expect, it } from 'vitest';
import { createCloud, STARTED_AT_MS } from './cloud.ts';

interface Row {
  readonly id: number;
  readonly timestamp: number;
  readonly date: string;
  readonly event_type_id: number;
  readonly connector_guid?: string;
  readonly computer?: { readonly hostname: string };
  readonly hostname?: string;
  readonly severity?: string;
  readonly detection_id?: string;
  readonly file?: { readonly identity: { readonly sha256: string } };
}

/** As they stand in the text, before any JSON parser rounds them. */
const exactIds = (text: string): string[] =>
  [...text.matchAll(/\{"id":(\d+),/g)].map(([, id]) => id ?? '');

describe('AMP events', () => {
  it('have ids that a double cannot tell apart', () => {
    const { text, data } = createCloud().call('GET', '/events');
    const exact = new Set(exactIds(text));
    expect(exact.size).toBe(60);
    expect(new Set(data<Row[]>().map(({ id }) => id)).size).toBeLessThan(55);
    expect([...exact].some((id) => BigInt(id) > 2n ** 62n)).toBe(true);
    expect([...exact].some((id) => Number(id) < 1_000_000)).toBe(true);
  });

  it('come newest first, none of them from the future', () => {
    const rows = createCloud().call('GET', '/events').data<Row[]>();
    const stamps = rows.map(({ timestamp }) => timestamp);
    expect(stamps).toEqual(stamps.toSorted((a, b) => b - a));
    expect(stamps[0]).toBeLessThanOrEqual(STARTED_AT_MS / 1_000);
    expect(rows[0]?.date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
  });

  it('lack most of their fields now and then, the computer too', () => {
    const fleet = { computers: 40, events: 400 };
    const rows = createCloud({ fleet }).call('GET', '/events').data<Row[]>();
    for (const field of ['computer', 'connector_guid', 'severity', 'file', 'detection_id']) {
      const holding = rows.filter((row) => Object.hasOwn(row, field)).length;
      expect(holding, field).toBeGreaterThan(0);
      expect(holding, field).toBeLessThan(400);
    }
    expect(rows.find(({ computer }) => computer === undefined)?.hostname).toBeTypeOf('string');
    expect(rows.some(({ event_type_id }) => event_type_id > 2 ** 31)).toBe(true);
  });

  it('push the others back when they arrive between two pages', () => {
    const { call } = createCloud({ settings: { detectionsBetweenPages: 3 } });
    const page = (offset: number) =>
      exactIds(call('GET', '/events', { query: { limit: 10, offset } }).text);
    const [first, second] = [page(0), page(10)];
    expect(second.slice(0, 3)).toEqual(first.slice(7));
  });

  it('show a detection at once, with its computer and as it was ordered', () => {
    const { simulator, call, computer, wait } = createCloud();
    const { guid, hostname } = computer();
    wait(5_000);
    const sha256 = 'ab'.repeat(32);
    const order = { computer: hostname, severity: 'Critical', detection: 'W32.Test', sha256 };
    const { id } = simulator.business('acme').detect(order);
    const { text, data } = call('GET', '/events', { query: { limit: 1 } });
    expect(exactIds(text)).toEqual([String(id)]);
    expect(data()).toMatchObject([
      {
        timestamp: STARTED_AT_MS / 1_000 + 5,
        event_type: 'Threat Detected',
        event_type_id: 1_090_519_054,
        connector_guid: guid,
        computer: { connector_guid: guid, hostname },
        severity: 'Critical',
        detection: 'W32.Test',
        file: { disposition: 'Malicious', identity: { sha256 } },
      },
    ]);
  });

  it('take their place by time when they reach the cloud late', () => {
    const { simulator, call, wait } = createCloud();
    const { detect } = simulator.business('acme');
    wait(60_000);
    const ids = [detect(), detect({ atMs: STARTED_AT_MS + 1_000 })].map(({ id }) => String(id));
    expect(exactIds(call('GET', '/events', { query: { limit: 2 } }).text)).toEqual(ids);
  });

  it('may name no computer, and are not made for one that does not exist', () => {
    const { simulator, call } = createCloud();
    const { detect } = simulator.business('acme');
    detect({ computer: null });
    const [row] = call('GET', '/events', { query: { limit: 1 } }).data<Row[]>();
    expect(row).not.toHaveProperty('computer');
    expect(row).not.toHaveProperty('connector_guid');
    expect(() => detect({ computer: 'nobody' })).toThrow(RangeError);
    expect(() => detect({ typeId: 5 })).toThrow(RangeError);
  });

  it('are made over the control endpoint too, which answers their ids as text', () => {
    const { simulator, call } = createCloud();
    const body = Buffer.from(JSON.stringify({ business: 'acme', times: 2 }));
    const made = simulator.handle({ method: 'POST', path: '/__simulator/detect', body });
    const { ids } = JSON.parse(Buffer.from(made.body as Uint8Array).toString());
    const { text } = call('GET', '/events', { query: { limit: 2 } });
    expect(exactIds(text)).toEqual(ids.toReversed());
  });
});
