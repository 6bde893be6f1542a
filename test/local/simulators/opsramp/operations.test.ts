import { describe, expect, it } from 'vitest';
import { CLIENT, createClientTenant } from './client-tenant.ts';

/** What the documentation lists, by category. Ids need not exist: an unknown operation is 501. */
const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  'Agents and Gateways': [
    'GET /managementProfiles/search',
    'POST /managementProfiles',
    'GET /managementProfiles/1/attach',
    'GET /managementProfiles/1/detach',
    'GET /managementProfiles/1/reconnectTunnel',
    'GET /policies/discovery/action/scan/1',
    'GET /policies/management/1/action/run',
    'GET /agents/LINUX/info',
    'POST /agentPolicies/1/devices',
  ],
  Alerts: [
    'GET /alerts/search',
    'GET /alerts/1',
    'GET /alerts/1/comments',
    'GET /alerts/1/occurrences',
    'GET /alertStatusHistory/1',
    'GET /alerts/event/1',
    'POST /alert',
    'POST /alerts',
    'POST /alerts/1/actions/heal',
    'POST /alerts/1/incidents/1/attach',
    'POST /scheduleMaintenances',
    'GET /scheduleMaintenances/search',
    'GET /scheduleMaintenances/1',
    'POST /scheduleMaintenances/1/suspend',
    'POST /scheduleMaintenances/1/resume',
    'POST /scheduleMaintenances/1/end',
    'POST /scheduleMaintenances/1/resources',
    'DELETE /scheduleMaintenances/1/resources',
    'DELETE /scheduleMaintenances/1',
  ],
  Automation: [
    'GET /jobs/types',
    'GET /jobs/search',
    'POST /jobs',
    'GET /jobs/1/run',
    'GET /jobs/1',
    'POST /jobs/1',
    'DELETE /jobs/1',
    'GET /rba/categories',
    'GET /rba/categories/1/scripts',
    'GET /rba/scripts/1/paginatedOutputs',
    'GET /metadata/processes/search',
    'POST /metadata/processes/start/1',
    'POST /metadata/processes/deploy/1',
    'GET /metadata/processes/processInstances/1',
    'GET /metadata/processes/processInstances/search',
    'POST /metadata/processes/externalTaskExecutionResult',
  ],
  Exports: [`POST /api/v2/exports/tenants/${CLIENT}/create`],
  Integrations: [
    'GET /integrations/installed/search',
    'GET /integrations/activity',
    'POST /integrations/install/CUSTOM',
    'POST /integrations/installed/1/event',
    'GET /integrations/installed/1/events',
    'POST /integrations/installed/1/event/1/activate',
    'POST /integrations/installed/1/event/1/deactivate',
    'POST /integrations/installed/1/enable',
    'POST /integrations/installed/1/disable',
  ],
  'Knowledge Base': [
    'GET /kb/articles/search',
    'GET /kb/article/1',
    'POST /kb/article',
    'POST /kb/article/1',
    'POST /kb/article/1/comment',
    'DELETE /kb/article/1/delete',
  ],
  Metrics: [
    `POST /api/v2/metric/tenants/${CLIENT}/rtypes/DEVICE/resources/1/metrics/cpu`,
    'GET /api/v2/metric/search',
    `POST /api/v2/metric/tenants/${CLIENT}/metrictype`,
  ],
  Monitoring: [
    'GET /monitoring/templates/search',
    'GET /resources/1/templates/search',
    'POST /resources/1/templates',
    'DELETE /resources/1/templates',
    'POST /resourceMonitors',
  ],
  Patching: [
    'GET /resources/patches',
    'POST /resources/1/patches/approve',
    'POST /resources/1/patches/unapprove',
    'POST /resources/1/patches/1/APPROVE',
    'POST /resources/1/patches/1/NOT_APPROVE',
    'POST /patches/configurations',
    'POST /patches/configurations/1/run',
    'POST /patches/compliance/1/run',
    'GET /resources/1/patches/scan/status',
    'GET /resources/1/patches/install/status',
    'GET /patches/1/scan/status',
  ],
  'Resource Management': [
    'GET /resources/search',
    'GET /resources/minimal',
    'GET /resources/1',
    'POST /resources/1',
    'DELETE /resources/1',
    'POST /resources',
    'GET /resources/1/availability',
    'GET /resources/1/applications',
    'POST /resources/1/decommission',
    'POST /customAttributes/1/values/1/devices',
    'DELETE /customAttributes/1/values/1/devices',
    'POST /deviceGroups',
    'GET /deviceGroups/minimal',
    'POST /deviceGroups/1/childs',
    'DELETE /deviceGroups/1/childs',
    'GET /customAttributes/search',
    'POST /customAttributes',
  ],
  'Tenancy and Access Controls': [
    'GET /clients/search',
    'GET /clients/minimal',
    `GET /api/v2/tenants/${CLIENT}`,
    'GET /users/search',
    'GET /roles/search',
    'POST /userGroups/1/users',
    'DELETE /userGroups/1/users',
    'POST /users/1/deactivate',
    'POST /clients/1/suspend',
    'POST /notes',
  ],
  Tickets: [
    'GET /incidents/search',
    'POST /serviceRequests',
    'GET /changeRequests/1',
    'POST /problems/1',
    'POST /tasks/1/responses',
    'POST /timeBoundRequests/1/close',
  ],
};

describe.each(Object.entries(OPERATIONS))('OpsRamp %s', (_, operations) => {
  it.each(operations)('has %s', (operation) => {
    const { simulator, call } = createClientTenant({ fleet: { resources: 1, alerts: 1 } });
    const [method = '', path = ''] = operation.split(' ');
    const query = path.endsWith('/metric/search') ? { tenant: CLIENT } : {};
    expect(call(method, path, { query, body: {} }).status).not.toBe(501);
    simulator.assertNoUnexpected();
  });
});

describe('OpsRamp', () => {
  it('answers 501 to what it does not know, or 404 and 405 when it is not strict', () => {
    expect(createClientTenant().call('GET', '/colours').status).toBe(501);
    const { call } = createClientTenant({ strict: false });
    expect([call('GET', '/colours').status, call('DELETE', '/alert').status]).toEqual([404, 405]);
  });
});
