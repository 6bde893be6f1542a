import { describe, expect, it } from 'vitest';
import { CLIENT, createClientTenant } from './client-tenant.ts';

describe('OpsRamp processes', () => {
  const PROCESSES = '/metadata/processes';
  const start = { StartEvent_1: { alert: '389001' } };
  const instances = (test: ReturnType<typeof createClientTenant>, keys: string) =>
    test
      .call('GET', `${PROCESSES}/processInstances/search`, { query: { queryString: keys } })
      .json<{ results: { id: string; executionId: string }[] }>().results;

  it('start with an empty answer, and are over a little later', () => {
    const test = createClientTenant();
    const reply = test.call('POST', `${PROCESSES}/start/PROC-1`, { body: start });
    expect(reply).toMatchObject({ status: 200, text: '' });
    const [instance] = instances(test, 'processId:PROC-1+state:ACTIVE');
    const path = `${PROCESSES}/processInstances/${instance?.id}`;
    expect(test.call('GET', path).json()).toMatchObject({
      ...{ state: 'ACTIVE', startTime: test.nowMs(), endTime: null, errors: [] },
      activityInstances: [{ activityId: 'StartEvent_1' }],
    });
    test.wait(10_000);
    expect(test.call('GET', path).json()).toMatchObject({
      state: 'COMPLETED',
      endTime: test.nowMs(),
    });
  });

  it('answer the instance when the settings say so, and need a start event', () => {
    const { call } = createClientTenant({ settings: { processStartAnswer: 'instance' } });
    const path = `${PROCESSES}/deploy/PROC-1`;
    expect(call('POST', path, { body: start }).json()).toMatchObject({ processId: 'PROC-1' });
    expect(call('POST', path, { body: { alert: '1' } }).status).toBe(400);
    expect(call('POST', `${PROCESSES}/start/none`, { body: start }).status).toBe(500);
  });

  it.each(['/api/v2', '/v2'])('wait for the result of a task, taken once, below %s', (prefix) => {
    const test = createClientTenant();
    test.call('POST', `${PROCESSES}/start/PROC-2`, { body: start });
    test.wait(60_000);
    const [instance] = instances(test, 'state:ACTIVE');
    const path = `${prefix}/tenants/${CLIENT}${PROCESSES}/externalTaskExecutionResult`;
    const body = { executionId: instance?.executionId, status: 'SUCCESS' };
    const texts = [1, 2].map(() => test.call('POST', path, { body }).text);
    expect(texts).toEqual(['SUCCESS', 'FAILURE']);
    expect(instances(test, 'state:COMPLETED')).toHaveLength(1);
  });

  it('are listed', () => {
    const { call } = createClientTenant();
    expect(call('GET', `${PROCESSES}/search`).json()).toMatchObject({ totalResults: 2 });
  });
});
