import { describe, expect, it } from 'vitest';
import { createConsole, ORG } from './console.ts';

describe('Automox GET /events', () => {
  it('counts with countOnly=1 and refuses countOnly=true', () => {
    const { call } = createConsole();
    const counted = call('GET', '/events', { query: { countOnly: 1 } });
    expect(counted.json()).toEqual({ size: 50, results: [] });
    expect(call('GET', '/events', { query: { countOnly: 'true' } }).status).toBe(400);
  });

  it('filters by day and by name', () => {
    const { call, device } = createConsole();
    call('DELETE', `/servers/${device(0).id}`);
    const names = (query: Record<string, string>): string[] =>
      call('GET', '/events', { query })
        .json<{ name: string }[]>()
        .map(({ name }) => name);
    expect(names({ startDate: '2026-03-28', endDate: '2026-03-28' })).toEqual(['system.delete']);
    expect(names({ eventName: 'system.delete' })).toEqual(['system.delete']);
    expect(names({ startDate: '2026-03-29' })).toEqual([]);
    expect(call('GET', '/events', { query: { startDate: 'today' } }).status).toBe(400);
  });
});

describe('Automox /approvals', () => {
  it('lists in an envelope with the number of all', () => {
    const { call } = createConsole();
    const page = call('GET', '/approvals', { query: { limit: 5, page: 1 } });
    expect(page.json()).toMatchObject({ size: 7, results: [{ status: 'active' }, {}] });
  });

  it('takes manual_approval and answers an array', () => {
    const { simulator, call } = createConsole();
    const [id] = simulator.org(ORG).approvals.keys();
    const put = (body: object) => call('PUT', `/approvals/${id}`, { body });
    expect(put({ manual_approval: true }).json()).toMatchObject([{ id, status: 'approved' }]);
    expect(put({ status: 'approved' }).status).toBe(400);
    expect(call('PUT', '/approvals/5', { body: { manual_approval: true } }).status).toBe(404);
  });
});

describe('Automox GET /orgs/{id}/packages', () => {
  it('lists only missing ones with awaiting=1', () => {
    const { simulator, call } = createConsole();
    const fleet = [...simulator.org(ORG).devices.values()];
    const missing = fleet.reduce((sum, { patches }) => sum + patches, 0);
    const rows = [0, 1].flatMap((page) =>
      call('GET', `/orgs/${ORG}/packages`, { query: { awaiting: 1, page } }).json<
        { installed: boolean }[]
      >(),
    );
    expect(rows.every(({ installed }) => !installed)).toBe(true);
    expect(rows).toHaveLength(missing);
    expect(call('GET', '/orgs/5/packages').status).toBe(403);
  });
});

describe('Automox reports', () => {
  it.each([
    ['/reports/prepatch', 'prepatch'],
    ['/reports/needs-attention', 'nonCompliant'],
  ])('%s is one object whose total counts the page and not the fleet', (path, name) => {
    const { simulator, call } = createConsole();
    const fleet = [...simulator.org(ORG).devices.values()];
    const concerned = fleet.filter(({ compliant }) => !compliant).length;
    const totals = [0, 20, 40].map((offset) => {
      const report = call('GET', path, { query: { limit: 20, offset } });
      const body = report.json<Record<string, { total: number; devices: object[] }>>()[name];
      expect(body?.total).toBe(body?.devices.length);
      return body?.total ?? 0;
    });
    expect(totals).toEqual([20, Math.min(20, concerned - 20), Math.max(0, concerned - 40)]);
  });
});

describe('Automox /data-extracts', () => {
  const parameters = { start_time: '2026-03-01', end_time: '2026-03-28' };

  it('goes from queued to expired, and its download from 409 over 200 to 410', () => {
    const { call, wait } = createConsole({ settings: { extractStepMs: 10_000 } });
    const body = { type: 'patch-history', parameters };
    const { id } = call('POST', '/data-extracts', { body }).json<{ id: number }>();
    const steps = [0, 1, 2, 3].map(() => {
      const { status } = call('GET', `/data-extracts/${id}`).json<{ status: string }>();
      const download = call('GET', `/data-extracts/${id}/download`).status;
      wait(10_000);
      return [status, download];
    });
    expect(steps).toEqual([
      ['queued', 409],
      ['running', 409],
      ['complete', 200],
      ['expired', 410],
    ]);
    expect(call('GET', '/data-extracts').json()).toMatchObject({ size: 1, results: [{ id }] });
  });

  it('names what is wrong as invalidFields', () => {
    const { call } = createConsole();
    const old = { ...parameters, start_time: '2025-01-01' };
    const reply = call('POST', '/data-extracts', { body: { type: 'all', parameters: old } });
    expect(reply.status).toBe(400);
    expect(reply.json()).toMatchObject({
      title: 'Bad Request',
      status: 400,
      invalidFields: { type: expect.any(String), parameters: expect.any(String) },
    });
    expect(call('GET', '/data-extracts/5').status).toBe(404);
  });
});
