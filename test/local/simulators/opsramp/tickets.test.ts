import { describe, expect, it } from 'vitest';
import { TICKET_KINDS } from '../../../../local/simulators/opsramp/world.ts';
import { createClientTenant } from './client-tenant.ts';

const TICKET = { subject: 'Disk', description: 'Full', extTicketId: 'sluice-1', priority: 'High' };

interface Created {
  readonly id: string;
}

describe.each(TICKET_KINDS)('OpsRamp %s', (kind) => {
  it('are created, found by external id, answered, changed and closed', () => {
    const { call } = createClientTenant();
    const created = call('POST', `/${kind}`, { body: TICKET });
    expect(created.json()).toEqual({
      id: expect.stringMatching(/^[A-Z]{3}\d{10}$/),
      status: 'New',
    });
    const { id } = created.json<Created>();
    const query = { queryString: 'extTicketId:sluice-1' };
    const found = call('GET', `/${kind}/search`, { query }).json();
    expect(found).toMatchObject({ totalResults: 1, results: [{ id, ...TICKET }] });
    const response = { description: 'Seen', internal: true, extTicketResponseId: 'r-1' };
    expect(call('POST', `/${kind}/${id}/responses`, { body: response }).json()).toMatchObject(
      response,
    );
    expect(call('GET', `/${kind}/${id}/responses/search`).json()).toMatchObject({
      results: [response],
    });
    expect(call('POST', `/${kind}/${id}`, { body: { status: 'Resolved' } }).json()).toMatchObject({
      status: 'Resolved',
      oldStatus: 'New',
      allowedStatus: [{ name: 'Open' }, { name: 'Closed' }],
    });
    expect(call('POST', `/${kind}/${id}/close`).json()).toMatchObject({ status: 'Closed' });
  });
});

describe('OpsRamp tickets', () => {
  it('are not unique: the same external id twice makes two', () => {
    const { call } = createClientTenant();
    for (const _ of [1, 2]) call('POST', '/incidents', { body: TICKET });
    const query = { queryString: 'extTicketId:sluice-1' };
    expect(call('GET', '/incidents/search', { query }).json()).toMatchObject({ totalResults: 2 });
  });

  it('show incidents of the last month only, unless a date is named; others all', () => {
    const { call, wait } = createClientTenant({ settings: { tokenLifeMs: 40 * 86_400_000 } });
    for (const kind of ['incidents', 'problems']) call('POST', `/${kind}`, { body: TICKET });
    const count = (kind: string, queryString = ''): number =>
      call('GET', `/${kind}/search`, { query: { queryString } }).json<{ totalResults: number }>()
        .totalResults;
    const month = 30 * 86_400_000;
    wait(month - 1_000);
    expect(count('incidents', 'extTicketId:sluice-1')).toBe(1);
    wait(1_000);
    expect(count('incidents', 'extTicketId:sluice-1')).toBe(0);
    expect(count('incidents', 'startCreationDate:2026-01-01T00:00:00+0000')).toBe(1);
    expect(count('problems')).toBe(1);
  });

  it('cannot be closed before anybody looked, and not twice', () => {
    const { call } = createClientTenant();
    const { id } = call('POST', '/incidents', { body: TICKET }).json<Created>();
    const close = () => call('POST', `/incidents/${id}/close`, { body: {} });
    expect(close().json()).toEqual([
      { code: '0002', fieldName: 'status', message: 'New cannot become Closed' },
    ]);
    call('POST', `/incidents/${id}`, { body: { status: 'Open' } });
    expect(close().status).toBe(200);
    call('POST', `/incidents/${id}/close`, { body: {} });
    expect(call('POST', `/incidents/${id}`, { body: { status: 'Open' } }).status).toBe(400);
  });

  it('want a reason to leave a state when the tenant enforces it', () => {
    const { call } = createClientTenant({ settings: { ticketReasonRequired: true } });
    const { id } = call('POST', '/incidents', { body: TICKET }).json<Created>();
    const open = (body: object) => call('POST', `/incidents/${id}`, { body }).status;
    expect(open({ status: 'Open' })).toBe(400);
    expect(open({ priority: 'Low' })).toBe(200);
    expect(open({ status: 'Open', reason: 'looked at' })).toBe(200);
  });

  it('mark the alert that they are about', () => {
    const { call } = createClientTenant();
    call('POST', '/incidents', { body: { ...TICKET, alertId: '389001' } });
    expect(call('GET', '/alerts/389001').json()).toMatchObject({ ticketed: true });
  });

  it.each([
    ['no subject', { subject: '' }, 'subject'],
    ['another priority', { priority: 'P1' }, 'priority'],
  ])('are refused with %s', (_, change, fieldName) => {
    const { call } = createClientTenant();
    const reply = call('POST', '/incidents', { body: { ...TICKET, ...change } });
    expect(reply.json()).toMatchObject([{ fieldName }]);
  });
});
