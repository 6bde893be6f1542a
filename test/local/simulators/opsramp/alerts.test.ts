import { describe, expect, it } from 'vitest';
import { CLIENT, type ClientTenant, createClientTenant } from './client-tenant.ts';
import { eventFor, raise } from './raised-alert.ts';

interface Alerts {
  readonly results: readonly Record<string, unknown>[];
  readonly totalResults: number;
}

const search = ({ call }: Pick<ClientTenant, 'call'>, queryString: string): Alerts =>
  call('GET', '/alerts/search', { query: { queryString, pageSize: 500 } }).json<Alerts>();

describe('OpsRamp alerts', () => {
  it('are created with event ids that lead to nothing until a little later', () => {
    const { call, server, wait } = createClientTenant();
    const body = [eventFor(server().hostName), eventFor(server(1).hostName)];
    const ids = call('POST', '/alerts', { body }).json<string[]>();
    expect(ids).toHaveLength(2);
    const early = call('GET', `/alerts/event/${ids[0]}`);
    expect(early).toMatchObject({ status: 500 });
    expect(early.json()).toMatchObject({ code: '0003' });
    wait(2_000);
    expect(call('GET', `/alerts/event/${ids[1]}`).json()).toMatchObject({
      currentState: 'Critical',
      status: 'Open',
      repeatCount: '1',
      clientUniqueId: CLIENT,
      tenantId: 42,
      resource: { id: server(1).id, hostName: server(1).hostName },
      device: { id: server(1).id, type: 'DEVICE' },
    });
  });

  it('forget an event after 30 days', () => {
    const test = createClientTenant({ settings: { tokenLifeMs: 40 * 86_400_000 } });
    const body = eventFor(test.server().hostName);
    const [id] = test.call('POST', '/alert', { body }).json<string[]>();
    test.wait(30 * 86_400_000 - 1);
    expect(test.call('GET', `/alerts/event/${id}`).status).toBe(200);
    test.wait(1);
    expect(test.call('GET', `/alerts/event/${id}`).status).toBe(500);
  });

  it('fold events of one resource, service and component, and are healed by an OK', () => {
    const test = createClientTenant();
    const first = raise(test);
    expect(raise(test, { currentState: 'WARNING', subject: 'Disk fills' })).toBe(first);
    const alert = () => test.call('GET', `/alerts/${first}`).json();
    expect(alert()).toMatchObject({
      repeatCount: '2',
      currentState: 'Warning',
      oldState: 'Critical',
      subject: 'Disk fills',
    });
    raise(test, { currentState: 'OK' });
    expect(alert()).toMatchObject({ repeatCount: '3', currentState: 'Ok', closed: false });
    expect(raise(test, { component: '/tmp' })).not.toBe(first);
  });

  it('open anew once the former one is closed', () => {
    const test = createClientTenant();
    const first = raise(test);
    test.call('POST', `/alerts/${first}/actions/close`);
    expect(raise(test)).not.toBe(first);
  });

  it('find their resource by id as well, and do without one that is unknown', () => {
    const test = createClientTenant();
    const { id } = test.server(1);
    const byId = raise(test, { device: { resourceUUID: id } });
    expect(test.call('GET', `/alerts/${byId}`).json()).toMatchObject({ resource: { id } });
    const nowhere = raise(test, { device: undefined, resource: { hostName: 'nowhere' } });
    const alert = test.call('GET', `/alerts/${nowhere}`).json();
    expect(alert).not.toHaveProperty('device');
    expect(alert).not.toHaveProperty('resource');
  });

  it.each([
    ['no service', { serviceName: '' }, 'serviceName'],
    ['an unknown state', { currentState: 'Critical' }, 'currentState'],
    ['neither device nor resource', { device: undefined }, 'device'],
  ])('are refused with %s', (_, change, fieldName) => {
    const { call, server } = createClientTenant();
    const reply = call('POST', '/alert', { body: eventFor(server().hostName, change) });
    expect(reply.status).toBe(400);
    expect(reply.json()).toMatchObject([{ code: '0002', fieldName }]);
  });

  it('are found by state, resource and date of creation or change', () => {
    const test = createClientTenant();
    const all = search(test, '').totalResults;
    const parts = ['CRITICAL', 'WARNING', 'OK', 'INFO'].map(
      (state) => search(test, `states:${state}`).totalResults,
    );
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(all);
    expect(Math.min(...parts)).toBeGreaterThan(0);
    const id = raise(test);
    const { resource } = test.call('GET', `/alerts/${id}`).json<{ resource: { id: string } }>();
    const ofHost = search(test, `resourceIds:${resource.id}+metrics:disk`).results;
    expect(ofHost.map(({ uniqueId }) => uniqueId)).toEqual([id]);
    const since = 'startDate:2026-03-28T15:52:47+0000';
    expect(search(test, since).totalResults).toBe(1);
    expect(search(test, `${since}+endDate:2026-03-28T15:52:48+0000`).totalResults).toBe(0);
    expect(search(test, 'duration:7').totalResults).toBe(1);
    test.wait(60_000);
    test.call('POST', `/alerts/389001/actions/acknowledge`);
    expect(search(test, `${since}+alertTimeBase:updatedTime`).totalResults).toBe(2);
    expect(search(test, 'actions:Acknowledged').totalResults).toBe(1);
  });

  it('have occurrences 100 at a time, newest first, with a border that shows twice', () => {
    const { call, simulator } = createClientTenant();
    const [first] = simulator.tenant(CLIENT).alerts.keys();
    interface Occurrences {
      readonly results: readonly { readonly alertTime: string }[];
      readonly nextPage: boolean;
      readonly endDate: string;
    }
    const seen: string[][] = [];
    for (let query = {}, more = true; more; ) {
      const page = call('GET', `/alerts/${first}/occurrences`, { query }).json<Occurrences>();
      expect(page).not.toHaveProperty('totalResults');
      seen.push(page.results.map(({ alertTime }) => alertTime));
      query = { queryString: `endTime:${page.endDate}` };
      more = page.nextPage;
    }
    expect(seen.map(({ length }) => length)).toEqual([100, 100, 52]);
    expect(seen[1]?.[0]).toBe(seen[0]?.at(-1));
    expect(new Set(seen.flat()).size).toBe(250);
  });
});
