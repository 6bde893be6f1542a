import { describe, expect, it } from 'vitest';
import { CLIENT, type ClientTenant, createClientTenant } from './client-tenant.ts';

const HOUR = 3_600;
const START = 1_448_272_800;

const push = ({ call, server }: ClientTenant, rows: unknown, id = server().id) =>
  call('POST', `/api/v2/metric/tenants/${CLIENT}/rtypes/DEVICE/resources/${id}/metrics/cpu`, {
    body: rows,
  });

const sample = (ts: number, value: string) => ({
  metricName: 'cpu',
  instanceName: 'all',
  instanceVal: value,
  ts: String(ts),
});

const series = ({ call, server }: ClientTenant, change: Record<string, string | number> = {}) =>
  call('GET', '/api/v2/metric/search', {
    query: {
      ...{ tenant: CLIENT, rtype: 'DEVICE', resource: server().id, metric: 'cpu' },
      ...{ startTime: START, endTime: START + HOUR, timeseries_type: 'RealTime' },
      ...change,
    },
  });

describe('OpsRamp metrics', () => {
  it('take values as text and give them as numbers, a repeated push no more than once', () => {
    const test = createClientTenant();
    const rows = [sample(START, '13.50'), sample(START + 60, '14')];
    expect(push(test, rows)).toMatchObject({ status: 200, text: '' });
    push(test, rows);
    expect(series(test).json()).toEqual([{ data: { [START]: 13.5, [START + 60]: 14 } }]);
  });

  it('are rolled up by the hour beyond a day', () => {
    const test = createClientTenant();
    push(test, [sample(START, '10'), sample(START + 60, '20'), sample(START + HOUR, '5')]);
    expect(series(test, { endTime: START + 24 * HOUR + 1 }).json()).toEqual([
      {
        data: { [START]: 15, [START + HOUR]: 5 },
        minVals: { [START]: 10, [START + HOUR]: 5 },
        maxVals: { [START]: 20, [START + HOUR]: 5 },
      },
    ]);
  });

  it('are an empty array where there is nothing, by either name of the parameter', () => {
    const test = createClientTenant();
    push(test, [sample(START, '1')]);
    expect(series(test, { metric: 'none' }).json()).toEqual([]);
    const query = { tenant: CLIENT, resource: test.server().id, startTime: 1, endTime: START };
    const byName = { query: { ...query, metricName: 'cpu' } };
    expect(test.call('GET', '/api/v2/metric/search', byName).json()).toHaveLength(1);
    expect(test.call('GET', '/api/v2/metric/search', { query }).json()).toMatchObject([
      { fieldName: 'metric' },
    ]);
  });

  it('answer 406 above the limit of points', () => {
    const test = createClientTenant({ settings: { metricPointsMax: 1 } });
    push(test, [sample(START, '1'), sample(START + 1, '1')]);
    expect(series(test).status).toBe(406);
  });

  it.each([
    ['a number that is none', [sample(START, 'many')], 400],
    ['a value that is no text', [{ ts: String(START), instanceVal: 1 }], 400],
    ['a power of ten', [sample(START, '1e-7')], 400],
    ['an instant that is no text', [{ ...sample(START, '1'), ts: START }], 400],
    ['milliseconds with a point', [{ ...sample(START, '1'), ts: '1.5' }], 400],
    ['an object', sample(START, '1'), 400],
  ])('refuse %s', (_, rows, status) => {
    expect(push(createClientTenant(), rows).status).toBe(status);
  });

  it('know no resource that is not there', () => {
    expect(push(createClientTenant(), [sample(START, '1')], 'none').status).toBe(500);
  });

  it('have types, made with 201 and found with 200', () => {
    const { call } = createClientTenant();
    const body = { metricName: 'custom.cpu', displayName: 'CPU', unit: '%' };
    const path = `/api/v2/metric/tenants/${CLIENT}/metrictype`;
    expect([1, 2].map(() => call('POST', path, { body }).status)).toEqual([201, 200]);
  });
});

describe('OpsRamp exports', () => {
  const path = `/api/v2/exports/tenants/${CLIENT}/create`;
  const body = { name: 'stock', scheduleType: 'ON-DEMAND', type: 'Inventory', integrationId: 'i' };

  it('answer text: an id, and then that it exists', () => {
    const { call } = createClientTenant();
    expect(call('POST', path, { body }).text).toMatch(/schexp-[0-9a-f-]{36}/);
    const again = call('POST', path, { body: { ...body, scheduleType: 'RECURRING' } });
    expect(again.headers['content-type']).toBe('text/plain');
    expect(again.text).toContain('already exists');
  });

  it('refuse what they cannot export', () => {
    const { call } = createClientTenant();
    expect(call('POST', path, { body: { ...body, type: 'Everything' } }).status).toBe(400);
    expect(call('POST', path, { body: { ...body, scheduleType: 'SOON' } }).status).toBe(400);
  });
});
