import { describe, expect, it } from 'vitest';
import { createClientTenant } from './client-tenant.ts';
import { raise } from './raised-alert.ts';

interface Alerts {
  readonly results: readonly Record<string, unknown>[];
  readonly totalResults: number;
}

describe('OpsRamp alert actions', () => {
  it.each<[action: string, changed: { readonly status?: string }, undo: string | undefined]>([
    ['acknowledge', { status: 'Acknowledged' }, 'unAcknowledge'],
    ['suppress', { status: 'Suppressed' }, 'unSuppress'],
    ['close', { status: 'Closed' }, undefined],
  ])('%s changes the alert and answers nothing', (action, changed, undo) => {
    const test = createClientTenant();
    const id = raise(test);
    const act = (name: string) =>
      test.call('POST', `/alerts/${id}/actions/${name}`, { body: { description: 'by a test' } });
    expect(act(action)).toMatchObject({ status: 200, text: '' });
    expect(test.call('GET', `/alerts/${id}`).json()).toMatchObject(changed);
    if (undo !== undefined) act(undo);
    const { status } = test.call('GET', `/alerts/${id}`).json<{ status: string }>();
    expect(status).toBe(undo === undefined ? changed.status : 'Open');
    const comments = test.call('GET', `/alerts/${id}/comments`).json<Alerts>();
    expect(comments.results[0]).toMatchObject({ description: 'by a test' });
    const history = test.call('GET', `/alertStatusHistory/${id}`).json<Alerts>();
    expect(history.totalResults).toBe(undo === undefined ? 2 : 3);
  });

  it('heal an alert, which keeps the state it had', () => {
    const test = createClientTenant();
    const id = raise(test);
    test.call('POST', `/alerts/${id}/actions/heal`);
    expect(test.call('GET', `/alerts/${id}`).json()).toMatchObject({
      currentState: 'Ok',
      oldState: 'Critical',
      status: 'Open',
    });
  });

  it('do nothing a second time, or are refused by the settings', () => {
    const test = createClientTenant();
    const path = `/alerts/${raise(test)}/actions/acknowledge`;
    expect([1, 2].map(() => test.call('POST', path).status)).toEqual([200, 200]);
    expect(test.simulator.audit().writes.slice(-2)).toMatchObject([{ effects: 1 }, { effects: 0 }]);
    test.simulator.configure({ repeatedAlertAction: 'refused' });
    expect(test.call('POST', path).status).toBe(400);
  });

  it('are spelt in one way, by the settings', () => {
    const test = createClientTenant();
    const id = raise(test);
    const act = (name: string) => test.call('POST', `/alerts/${id}/actions/${name}`).status;
    expect([act('unacknowledge'), act('unAcknowledge')]).toEqual([400, 200]);
    test.simulator.configure({ alertActionSpelling: 'lower-case' });
    expect([act('unacknowledge'), act('unAcknowledge')]).toEqual([200, 400]);
  });

  it('attach an incident, which outlives an acknowledgement', () => {
    const test = createClientTenant();
    const id = raise(test);
    const body = { subject: 'Disk', description: 'Full' };
    const incident = test.call('POST', '/incidents', { body }).json<{ id: string }>();
    const attach = (incidentId: string) =>
      test.call('POST', `/alerts/${id}/incidents/${incidentId}/attach`).status;
    expect([attach('INC1'), attach(incident.id)]).toEqual([500, 200]);
    for (const action of ['acknowledge', 'unAcknowledge']) {
      test.call('POST', `/alerts/${id}/actions/${action}`);
    }
    expect(test.call('GET', `/alerts/${id}`).json()).toMatchObject({
      ticketed: true,
      status: 'Ticketed',
    });
  });

  it.each([500, 404] as const)('miss an alert that is not there with %i', (notFoundAs) => {
    const { call } = createClientTenant({ settings: { notFoundAs } });
    expect(call('POST', '/alerts/1/actions/heal').status).toBe(notFoundAs);
  });
});
