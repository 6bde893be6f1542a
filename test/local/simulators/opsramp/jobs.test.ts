import { describe, expect, it } from 'vitest';
import { CLIENT, createClientTenant } from './client-tenant.ts';

function setUp() {
  const test = createClientTenant();
  const { id } = test.server();
  const job = {
    name: 'Disk usage',
    jobQueued: 'true',
    entities: [{ resource: { id, type: 'DEVICE' } }],
    script: { jobType: 'customScript', customScript: { id: 'SCRIPT-1' } },
    schedule: { pattern: { type: 'never' } },
  };
  const create = () => test.call('POST', '/jobs', { body: job }).json<{ id: string }>();
  const statuses = () => test.simulator.tenant(CLIENT).jobRuns.map(({ status }) => status);
  return { ...test, job, create, statuses };
}

describe('OpsRamp jobs', () => {
  it('come back typed, and twice makes two', () => {
    const { call, job, create } = setUp();
    const { id } = create();
    create();
    expect(call('GET', `/jobs/${id}`).json()).toEqual({ ...job, id, jobQueued: true });
    const query = { queryString: 'name:Disk usage' };
    expect(call('GET', '/jobs/search', { query }).json()).toMatchObject({ totalResults: 2 });
  });

  it.each([
    ['no name', { name: '' }, 'name'],
    ['an unknown type', { script: { jobType: 'none' } }, 'script.jobType'],
    ['no entities', { entities: undefined }, 'entities'],
  ])('are refused with %s', (_, change, fieldName) => {
    const { call, job } = setUp();
    const reply = call('POST', '/jobs', { body: { ...job, ...change } });
    expect(reply.json()).toMatchObject([{ code: '0002', fieldName }]);
  });

  it('run by a GET with a body: pending, in progress, completed, with output', () => {
    const { simulator, call, create, statuses, wait, server } = setUp();
    const { id } = create();
    const body = { reason: 'by hand' };
    expect(call('GET', `/jobs/${id}/run`, { body })).toMatchObject({ status: 200, text: '' });
    expect(statuses()).toEqual(['pending']);
    wait(5_000);
    expect(statuses()).toEqual(['in progress']);
    const outputs = () => call('GET', '/rba/scripts/SCRIPT-1/paginatedOutputs').json();
    expect(outputs()).toMatchObject({ totalResults: 0 });
    wait(5_000);
    expect(statuses()).toEqual(['completed']);
    const { hostName } = server();
    expect(outputs()).toMatchObject({
      results: [
        {
          output: `${hostName}: done\n`,
          responseDate: '2026-03-28T15:52:57+0000',
          device: { hostName },
          task: { jobId: id },
        },
      ],
    });
    expect(simulator.audit().writes.at(-1)).toMatchObject({
      operation: 'GET /api/v2/tenants/:tenantId/jobs/:id/run',
      effects: 1,
    });
  });

  it('fail when none of their resources is there', () => {
    const { call, create, statuses, wait, server } = setUp();
    const { id } = create();
    call('POST', `/resources/${server().id}/decommission`);
    call('GET', `/jobs/${id}/run`, { body: { reason: 'by hand' } });
    wait(10_000);
    expect(statuses()).toEqual(['failed']);
  });

  it('do not run without a reason', () => {
    const { call, create, statuses } = setUp();
    const path = `/jobs/${create().id}/run`;
    expect([call('GET', path).status, call('GET', path, { body: {} }).status]).toEqual([400, 400]);
    expect(statuses()).toEqual([]);
  });

  it('are updated as a whole, and deleted', () => {
    const { call, job, create } = setUp();
    const { id } = create();
    const update = (body: object) => call('POST', `/jobs/${id}`, { body }).status;
    expect(update({ ...job, name: 'Other' })).toBe(400);
    expect(update({ ...job, id, name: 'Other' })).toBe(200);
    expect(call('GET', `/jobs/${id}`).json()).toMatchObject({ name: 'Other' });
    expect(call('DELETE', `/jobs/${id}`)).toMatchObject({ status: 200, text: '' });
    expect(call('GET', `/jobs/${id}`).status).toBe(500);
  });

  it('have types and scripts to choose from', () => {
    const { call } = setUp();
    const types = call('GET', '/jobs/types').json<{ jobNameAndType: { type: string }[] }>();
    expect(types.jobNameAndType.map(({ type }) => type)).toContain('customScript');
    expect(call('GET', '/rba/categories').json()).toMatchObject({ totalResults: 2 });
    expect(call('GET', '/rba/categories/CAT-1/scripts').json()).toMatchObject({
      results: [{ id: 'SCRIPT-1', parameters: [{ paramId: 'p1' }] }],
    });
  });
});
