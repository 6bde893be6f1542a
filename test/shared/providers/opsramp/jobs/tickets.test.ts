import { describe, expect, it } from 'vitest';
import { days } from '../../../../../shared/kernel/duration.ts';
import { TicketUpdateParams } from '../../../../../shared/providers/opsramp/jobs/ticket-update.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { BELOW, type Pod, startPod } from '../pod.ts';

const ENSURE = 'opsramp.ticket.ensure';
const UPDATE = 'opsramp.ticket.update';
const CLOSE = 'opsramp.ticket.close';

const externalId = 'CMDB-20417';
const ticket = { subject: 'Disk is full', description: 'Volume D', priority: 'High' };
const params = { externalId, ticket };

const incidents = (pod: Pod) => [...pod.tenant().tickets.incidents.values()];
const fault = (pod: Pod, it: Parameters<Pod['simulator']['faults']['add']>[0]['fault']) =>
  pod.simulator.faults.add({ method: 'POST', path: `${BELOW}/incidents`, fault: it });

describe('opsramp.ticket.ensure', () => {
  it('creates the ticket of an external id once, however often it is asked to', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    const job = await harness.run(ENSURE, params);
    expect(incidents(pod)).toMatchObject([{ ...ticket, extTicketId: externalId }]);
    const ticketId = incidents(pod)[0]?.['id'];
    expect(await harness.result(job)).toMatchObject({ ticketId, created: true });
    const again = await harness.run(ENSURE, params);
    expect(again.summary).toBe(`ticket ${String(ticketId)} is there and says so`);
    expect(pod.requests('POST')).toEqual(['POST /incidents']);
  });

  it('finds a ticket that is older than the month which OpsRamp searches by itself', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    await harness.run(ENSURE, params);
    harness.clock.leapTo(harness.clock.nowMs() + days(90));
    await harness.run(ENSURE, params);
    expect(incidents(pod)).toHaveLength(1);
  });

  it('changes only what differs', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    await harness.run(ENSURE, params);
    const job = await harness.run(ENSURE, {
      externalId,
      ticket: { ...ticket, priority: 'Urgent' },
    });
    expect(await harness.result(job)).toMatchObject({ created: false, changed: ['priority'] });
    expect(incidents(pod)).toMatchObject([{ ...ticket, priority: 'Urgent' }]);
  });

  it('brings a new ticket to the state that was asked for: OpsRamp begins each as New', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    const job = await harness.run(ENSURE, { externalId, ticket: { ...ticket, status: 'Open' } });
    expect(await harness.result(job)).toMatchObject({ created: true, changed: ['status'] });
    expect(incidents(pod)).toMatchObject([{ ...ticket, status: 'Open' }]);
  });

  it('keeps each kind of ticket apart', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    await harness.run(ENSURE, { ...params, kind: 'problems' });
    await harness.run(ENSURE, params);
    expect(incidents(pod)).toHaveLength(1);
    expect(pod.tenant().tickets.problems.size).toBe(1);
  });

  it.each([
    [{ kind: 'cut', acted: true }, 1],
    [{ kind: 'cut', acted: false }, 2],
    [{ kind: 'status', status: 503, acted: true }, 1],
    [{ kind: 'html', status: 200, acted: true }, 1],
    [{ kind: 'half-body' }, 1],
  ] as const)('makes one ticket when %j hides what became of it', async (hidden, posts) => {
    const pod = await startPod();
    const harness = pod.harness();
    fault(pod, hidden);
    const job = await harness.run(ENSURE, params);
    expect(job.status).toBe('succeeded');
    expect(incidents(pod)).toHaveLength(1);
    expect(await harness.result(job)).toMatchObject({ ticketId: incidents(pod)[0]?.['id'] });
    expect(pod.requests('POST')).toHaveLength(posts);
  });

  it('is refused where several tickets have the external id', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    await harness.run(ENSURE, params);
    const [first = {}] = incidents(pod);
    pod.tenant().tickets.incidents.set('INC2', { ...first, id: 'INC2' });
    const job = await harness.run(ENSURE, params);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'job.refused' } });
    expect(job.error?.message).toContain('INC2');
  });

  it('makes exactly one ticket, whenever its worker is killed', async () => {
    const pod = await startPod();
    const steps = await killEverywhere(pod, { type: ENSURE, params }, ({ job }) => {
      expect(job.status).toBe('succeeded');
      expect(incidents(pod)).toHaveLength(1);
      expect(pod.requests('POST')).toHaveLength(1);
    });
    expect(steps).toBeGreaterThan(10);
  });

  it('S20 only reads when it observes', async () => {
    const pod = await startPod();
    const job = await pod.harness().run(ENSURE, params, { mode: 'observe' });
    expect(job.summary).toBe('would create a ticket for CMDB-20417');
    expect(pod.requests()).toEqual(['GET /incidents/search']);
  });
});

describe('opsramp.ticket.update', () => {
  it('changes a ticket by either of its ids, and nothing twice', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    await harness.run(ENSURE, params);
    const ticketId = String(incidents(pod)[0]?.['id']);
    const changes = { status: 'Open', priority: 'High' };
    const job = await harness.run(UPDATE, { externalId, changes });
    expect(job.summary).toBe(`changed status of ticket ${ticketId}`);
    const again = await harness.run(UPDATE, { ticketId, changes });
    expect(again.summary).toBe(`ticket ${ticketId} says so already`);
    expect(incidents(pod)).toMatchObject([{ status: 'Open', subject: ticket.subject }]);
  });

  it('fails where the flow does not allow it, and where there is no such ticket', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    await harness.run(ENSURE, params);
    const refused = await harness.run(UPDATE, { externalId, changes: { status: 'Closed' } });
    expect(refused).toMatchObject({ status: 'failed', error: { code: 'provider.rejected' } });
    const absent = await harness.run(UPDATE, { externalId: 'x', changes: { priority: 'Low' } });
    expect(absent).toMatchObject({ status: 'failed', error: { code: 'job.refused' } });
  });

  it.each([{}, { ticketId: 'INC1', externalId }])('refuses %j for the ids of one ticket', (ids) => {
    const changes = { priority: 'Low' };
    expect(TicketUpdateParams.safeParse({ ...ids, changes }).success).toBe(false);
    expect(TicketUpdateParams.safeParse({ externalId, changes: {} }).success).toBe(false);
  });
});

describe('opsramp.ticket.close', () => {
  it('closes a ticket once, with its reason', async () => {
    const pod = await startPod({ settings: { ticketReasonRequired: false } });
    const harness = pod.harness();
    await harness.run(ENSURE, { externalId, ticket: { ...ticket, status: 'Open' } });
    await harness.run(UPDATE, { externalId, changes: { status: 'Open' } });
    pod.simulator.configure({ ticketReasonRequired: true });
    const job = await harness.run(CLOSE, { externalId, reason: 'Fixed' });
    expect(job.status).toBe('succeeded');
    expect(incidents(pod)).toMatchObject([{ status: 'Closed', reason: 'Fixed' }]);
    const again = await harness.run(CLOSE, { externalId });
    expect(again.summary).toContain('is closed already');
    expect(pod.requests('POST').filter((it) => it.endsWith('/close'))).toHaveLength(1);
  });

  it('fails with the answer of OpsRamp where the flow does not lead there', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    await harness.run(ENSURE, params);
    const job = await harness.run(CLOSE, { externalId });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.rejected' } });
    expect(job.error?.message).toContain('New cannot become Closed');
  });

  it('closes it, whenever its worker is killed', async () => {
    const pod = await startPod();
    const prepare = () => {
      const row = {
        id: 'INC1',
        extTicketId: externalId,
        status: 'Open',
        createdDate: '2026-01-01T00:00:00+0000',
        responses: [],
      };
      pod.tenant().tickets.incidents.set('INC1', row);
    };
    await killEverywhere(pod, { type: CLOSE, params: { externalId }, prepare }, ({ job }) => {
      expect(job.status).toBe('succeeded');
      expect(incidents(pod)).toMatchObject([{ status: 'Closed' }]);
    });
  });
});
