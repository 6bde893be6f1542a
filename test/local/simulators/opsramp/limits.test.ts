import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLIENT, createClientTenant, STARTED_AT_MS } from './client-tenant.ts';

const METRIC = `/api/v2/metric/tenants/${CLIENT}/metrictype`;
const SPAN = 'resource=r&metric=m&startTime=1&endTime=2';

/** The documented table, one request for each lane. */
const LANES = [
  ['client.alerts.get', 500, 'GET', '/alerts/389001'],
  ['client.alerts.paged', 50, 'GET', '/alerts/search'],
  ['client.alerts.write', 200, 'POST', '/alerts/389001/actions/acknowledge'],
  ['client.metric.write', 5_000, 'POST', METRIC],
  ['client.device.get', 500, 'GET', '/resources/minimal'],
  ['client.device.paged', 50, 'GET', '/resources/patches'],
  ['client.device.write', 25, 'DELETE', '/customAttributes/7001/values/7101/devices'],
  ['client.tickets.get', 500, 'GET', '/incidents/INC0'],
  ['client.tickets.paged', 50, 'GET', '/problems/search'],
  ['client.tickets.write', 50, 'POST', '/tasks'],
  ['client.other.get', 500, 'GET', '/jobs/types'],
  ['client.other.paged', 50, 'GET', '/scheduleMaintenances/search'],
  ['client.other.write', 50, 'POST', '/notes'],
] as const;

describe('OpsRamp limits', () => {
  it.each(LANES)('%s: %i in a minute, and the next is 429', (lane, requests, method, path) => {
    const { simulator, call } = createClientTenant({ fleet: { resources: 1, alerts: 1 } });
    const send = () => call(method, path).status;
    const first = new Set(Array.from({ length: requests }, send));
    expect(first).not.toContain(429);
    expect(send()).toBe(429);
    expect(simulator.audit().limits[lane]).toMatchObject({
      limit: requests,
      windowMs: 60_000,
      fullest: requests + 1,
      refused: 1,
      scopes: { [CLIENT]: { arrivals: requests + 1 } },
    });
  });

  it.each([
    ['GET', '/jobs/j/run', 'client.other.write'],
    ['GET', '/managementProfiles/1/attach', 'client.other.write'],
    ['GET', '/policies/discovery/action/scan/1', 'client.other.write'],
    ['GET', '/policies/management/1/action/run', 'client.other.write'],
    ['GET', '/alertStatusHistory/389001', 'client.alerts.paged'],
    ['GET', '/alerts/389001/occurrences', 'client.alerts.paged'],
    ['GET', '/jobs/types?pageNo=1', 'client.other.paged'],
    ['POST', '/resourceMonitors', 'client.other.write'],
    ['GET', `/api/v2/metric/search?tenant=${CLIENT}&${SPAN}`, 'client.metric.get'],
    ['POST', `/api/v2/exports/tenants/${CLIENT}/create`, 'client.other.write'],
    ['POST', `/v2/tenants/${CLIENT}/metadata/processes/start/PROC-1`, 'client.other.write'],
  ])('%s %s falls under %s', (method, target, lane) => {
    const { simulator, call } = createClientTenant({ strict: false });
    const { pathname, searchParams } = new URL(target, 'http://vendor.example');
    call(method, pathname, { query: Object.fromEntries(searchParams) });
    expect(simulator.audit().limits[lane]?.arrivals).toBe(1);
  });

  it('refuses a lane for a whole minute after its first breach, and no other lane', () => {
    const { call, wait } = createClientTenant();
    const send = () => call('POST', '/resources', { body: {} }).status;
    for (let sent = 1; sent <= 25; sent++) expect(send()).toBe(400);
    wait(30_000);
    expect(send()).toBe(429);
    wait(59_999);
    expect(send()).toBe(429);
    expect(call('GET', '/resources/minimal').status).toBe(200);
    wait(1);
    expect(send()).toBe(400);
  });

  it('admits no more than the limit in any minute, wherever it starts', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 9_000 }), { maxLength: 120 });
    fc.assert(
      fc.property(gaps, (gapsMs) => {
        const { call, wait, nowMs } = createClientTenant({ fleet: { resources: 1, alerts: 0 } });
        const admittedMs: number[] = [];
        for (const gapMs of gapsMs) {
          wait(gapMs);
          if (call('POST', '/resources').status !== 429) admittedMs.push(nowMs());
        }
        const fullest = admittedMs.map(
          (endMs) => admittedMs.filter((atMs) => atMs <= endMs && endMs - atMs < 60_000).length,
        );
        expect(Math.max(0, ...fullest)).toBeLessThanOrEqual(25);
      }),
      { numRuns: 30 },
    );
  });

  it('gives a partner its own, larger table, spent on its own paths or on all by the settings', () => {
    const credentials = { 'opsramp-key': { secret: 'opsramp-secret', tenants: ['msp_1'] } };
    const tenants = { client_42: { partner: 'msp_1' } };
    const { simulator, call } = createClientTenant({ credentials, tenants });
    call('GET', '/api/v2/tenants/msp_1/clients/minimal');
    call('GET', '/resources/minimal');
    simulator.configure({ partnerSpends: 'partner' });
    call('GET', '/resources/minimal');
    const { limits } = simulator.audit();
    expect(limits['partner.other.get']).toMatchObject({ limit: 1_500, arrivals: 1 });
    expect(limits['client.device.get']?.scopes).toEqual({ client_42: expect.anything() });
    expect(limits['partner.device.get']?.scopes).toEqual({ msp_1: expect.anything() });
  });

  it('shrinks every window and lock by the scale', () => {
    const { call, wait } = createClientTenant({ windowScale: 1 / 60 });
    const send = () => call('POST', '/resources').status;
    for (let sent = 1; sent <= 25; sent++) send();
    expect(send()).toBe(429);
    wait(1_000);
    expect(send()).toBe(400);
  });
});

describe('OpsRamp limit headers', () => {
  const resetSeconds = STARTED_AT_MS / 1_000 + 60;

  it('tell limit, what remains and the reset in epoch seconds', () => {
    const { call, wait } = createClientTenant();
    call('POST', '/resources');
    wait(10_000);
    expect(call('POST', '/resources').headers).toMatchObject({
      'X-RateLimit-Limit': '25',
      'X-RateLimit-Remaining': '23',
      'X-RateLimit-Reset': String(resetSeconds),
    });
  });

  it('name on a 429 the end of the lock, with the documented body', () => {
    const { simulator, call, wait } = createClientTenant();
    for (let sent = 1; sent <= 25; sent++) call('POST', '/resources');
    wait(30_000);
    const refused = call('POST', '/resources');
    expect(refused.json()).toEqual({ error: 'throttled', error_description: 'Too Many Requests' });
    expect(refused.headers).toMatchObject({
      'X-RateLimit-Remaining': '0',
      'X-RateLimit-Reset': String(resetSeconds + 30),
    });
    expect(refused.headers['Retry-After']).toBeUndefined();
    simulator.configure({ retryAfter: true });
    expect(call('POST', '/resources').headers['Retry-After']).toBe('60');
  });

  it('come quoted, in lower case, with a bucket, with a skewed clock, or not at all', () => {
    const { simulator, call } = createClientTenant();
    const mode = { sent: true, quoted: true, lowerCase: true, bucket: true, skewSeconds: -90 };
    simulator.configure({ rateHeaders: mode });
    expect(call('GET', '/resources/minimal').headers).toMatchObject({
      'x-ratelimit-limit': '"500"',
      'x-ratelimit-remaining': '"499"',
      'x-ratelimit-reset': `"${resetSeconds - 90}"`,
      'x-ratelimit-bucket': '"client.device.get"',
    });
    simulator.configure({ rateHeaders: { ...mode, sent: false } });
    expect(Object.keys(call('GET', '/resources/minimal').headers)).not.toContain(
      'x-ratelimit-limit',
    );
  });

  it('are absent from the answer to a token request', () => {
    const { askToken } = createClientTenant();
    expect(Object.keys(askToken().headers)).toEqual(['date', 'content-type']);
  });
});
