import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { wireHead } from '../../../../local/simulators/frame/wire.ts';
import { laneOf } from '../../../../local/simulators/opsramp/lanes.ts';
import { createOpsRampSimulator } from '../../../../local/simulators/opsramp/opsramp-simulator.ts';
import { limits } from '../../../../shared/providers/opsramp/limits.ts';
import type { OpsRampOperation } from '../../../../shared/providers/opsramp/operations/rows.ts';
import { operations } from '../../../../shared/providers/opsramp/operations.ts';

const rows: readonly (readonly [name: string, operation: OpsRampOperation])[] =
  Object.entries(operations);
const budgets = limits.client.map(({ budget }) => budget);

function requestOf({ method, path, params }: OpsRampOperation) {
  const filled = path.replace('{tenantId}', 'client_42').replace('{decision}', 'APPROVE');
  const named = filled.replace('{action}', path.includes('/clients/') ? 'suspend' : 'activate');
  return {
    method,
    path: named.replaceAll(/\{\w+\}/g, 'x'),
    query: {
      ...(params?.query && 'pageNo' in params.query.shape ? { pageNo: '1' } : {}),
      ...(path.endsWith('/metric/search') ? { tenant: 'client_42' } : {}),
    },
  };
}

const parse = (operation: OpsRampOperation, part: 'path' | 'query' | 'body', value: unknown) =>
  z.safeParse(operation.params?.[part] ?? z.never(), value).success;

describe('the limits of OpsRamp', () => {
  it('are a row for each lane, of a minute, in both columns', () => {
    expect(limits.client).toHaveLength(15);
    expect(limits.partner.map(({ budget }) => budget)).toEqual(budgets);
    for (const { windowMs, mode, margin, throttledMs } of [...limits.client, ...limits.partner]) {
      expect({ windowMs, mode, margin, throttledMs }).toEqual({
        ...{ windowMs: 60_000, mode: 'strict', margin: 0, throttledMs: 60_000 },
      });
    }
  });

  it.each([
    ['alerts.write', 200, 600],
    ['alerts.paged', 50, 150],
    ['metric.write', 5_000, 15_000],
    ['device.write', 25, 75],
    ['tickets.write', 50, 150],
    ['other.get', 500, 1_500],
  ])('let %s do %i a minute as a client, %i as a partner', (budget, client, partner) => {
    const of = (scope: 'client' | 'partner') =>
      limits[scope].find((limit) => limit.budget === budget)?.requests;
    expect([of('client'), of('partner')]).toEqual([client, partner]);
  });
});

describe('the operation table of OpsRamp', () => {
  it('names each operation once', () => {
    const ids = rows.map(([, { id }]) => id);
    const calls = rows.map(([, { method, path }]) => `${method} ${path}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(calls).size).toBe(calls.length);
    expect(rows.length).toBeGreaterThan(120);
  });

  it.each(rows)('%s spends from one lane of the table', (_name, operation) => {
    expect(budgets).toContain(operation.budgets[0]);
    expect(operation.budgets).toHaveLength(1);
    expect(operation.source).not.toBe('');
  });

  it.each(rows)('%s is charged as the simulated vendor charges it, or less freely', (...row) => {
    const [, operation] = row;
    const { category, kind } = laneOf(wireHead(requestOf(operation)));
    // What is in doubt is charged to the smaller lane.
    const doubtful = operation.id === 'resourceMonitors.save' ? 'device' : category;
    expect(operation.budgets).toEqual([`${doubtful}.${kind}`]);
  });

  it('names no path that the simulated vendor does not know', () => {
    const simulator = createOpsRampSimulator({ fleet: { resources: 1, alerts: 0 } });
    const body = Buffer.from(
      'grant_type=client_credentials&client_id=opsramp-key&client_secret=opsramp-secret',
    );
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const path = '/auth/oauth/token';
    const granted = simulator.handle({ method: 'POST', path, headers: form, body });
    const { access_token: token } = JSON.parse(String(Buffer.from(granted.body as Uint8Array)));
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const unknown = rows.filter(([, operation]) => {
      const { status } = simulator.handle({ ...requestOf(operation), headers });
      return [401, 404, 405, 501].includes(status);
    });
    expect(unknown.map(([name]) => name)).toEqual([]);
  });

  it('reads with GET alone, and knows the GETs that act', () => {
    const acting = rows.filter(([, { method, repeat }]) => method === 'GET' && repeat !== 'safe');
    expect(acting.map(([name]) => name).sort()).toEqual([
      ...['attachManagementProfile', 'detachManagementProfile', 'reconnectTunnel', 'runJob'],
      ...['runManagementPolicy', 'scanDiscoveryPolicy'],
    ]);
    for (const [, { repeat, budgets: spends }] of acting) {
      expect(repeat).toBe('once');
      expect(spends[0]).toMatch(/\.write$/);
    }
    for (const [, { method, repeat }] of rows) {
      if (repeat === 'safe') expect(method).toBe('GET');
    }
  });

  it.each(rows)('%s takes each placeholder of its path but the tenant, and no other', (...row) => {
    const [, { path, params }] = row;
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const own = names.filter((name) => name !== 'tenantId');
    expect(Object.keys(params?.path?.shape ?? {})).toEqual(own);
    const tenant = { ...Object.fromEntries(own.map((name) => [name, 'x'])), tenantId: 'msp_1' };
    expect(z.safeParse(params?.path ?? z.strictObject({}), tenant).success).toBe(false);
  });

  it('refuses search keys that OpsRamp does not know, and keys without a value', () => {
    const search = (queryString: string) =>
      parse(operations.searchAlerts, 'query', { queryString, pageNo: 1 });
    expect(search('states:CRITICAL,WARNING+startDate:2026-03-01T00:00:00+0000')).toBe(true);
    expect(search('state:CRITICAL')).toBe(false);
    expect(search('states:CRITICAL+color:red')).toBe(false);
    expect(search('states:')).toBe(false);
    expect(parse(operations.searchAlerts, 'query', { page: 1 })).toBe(false);
  });

  it('takes no more than it documents', () => {
    const path = (action: string) => ({ id: '389547', action });
    expect(parse(operations.actOnAlert, 'path', path('acknowledge'))).toBe(true);
    expect(parse(operations.actOnAlert, 'path', path('delete'))).toBe(false);
    expect(parse(operations.actOnClient, 'path', path('terminate'))).toBe(false);
    expect(parse(operations.runJob, 'body', { reason: 'r' })).toBe(true);
    expect(parse(operations.runJob, 'body', { reason: 'r', force: true })).toBe(false);
    expect(parse(operations.updateResource, 'body', { aliasName: 'a', state: 'b' })).toBe(false);
    expect(parse(operations.getAlert, 'path', { id: 'a/b' })).toBe(false);
  });
});
