/** Scripts and their output, and processes with their instances. */
import { emptyResponse, jsonResponse, textResponse, type WireResponse } from '../frame/wire.ts';
import { fieldErrors } from './errors.ts';
import { has, pageOf, searchPage } from './listing.ts';
import type { ProcessInstance } from './run-records.ts';
import {
  getNamed,
  isRow,
  type OpsRampRoute,
  parseBody,
  routeAt,
  type TenantCall,
  tenantRoute,
} from './tenant-route.ts';
import type { World } from './world.ts';

const PROCESSES = '/metadata/processes';
const RESULT = `${PROCESSES}/externalTaskExecutionResult`;

export const automationRoutes = (world: World): OpsRampRoute[] => [
  tenantRoute(world, 'GET', '/rba/categories', (call) =>
    pageOf(call, [...call.tenant.shelves.scriptCategories.values()], { keys: {} }),
  ),
  tenantRoute(world, 'GET', '/rba/categories/:id/scripts', (call) => {
    const { id } = getNamed(call, call.tenant.shelves.scriptCategories);
    const scripts = [...call.tenant.shelves.scripts.values()];
    return pageOf(
      call,
      scripts.filter(({ categoryId }) => categoryId === id),
      { keys: {} },
    );
  }),
  tenantRoute(world, 'GET', '/rba/scripts/:id/paginatedOutputs', (call) => {
    const rows = call.tenant.jobOutputs.filter(({ scriptId }) => scriptId === call.params['id']);
    const show = ({ scriptId, ...shown }: (typeof rows)[number]) => shown;
    return pageOf(call, rows, { keys: {}, sortName: 'responseDate', show });
  }),
  tenantRoute(world, 'GET', `${PROCESSES}/search`, (call) =>
    searchPage(call, call.tenant.shelves.processes.values(), { keys: { name: has('name') } }),
  ),
  ...['start', 'deploy'].map((verb) =>
    tenantRoute(world, 'POST', `${PROCESSES}/${verb}/:id`, startProcess),
  ),
  tenantRoute(world, 'GET', `${PROCESSES}/processInstances/search`, (call) =>
    searchPage(call, call.tenant.processInstances.values(), {
      keys: { processId: has('processId'), state: has('state') },
      sortName: 'startTime',
    }),
  ),
  tenantRoute(world, 'GET', `${PROCESSES}/processInstances/:id`, (call) =>
    jsonResponse(200, getNamed(call, call.tenant.processInstances)),
  ),
  tenantRoute(world, 'POST', RESULT, takeTaskResult),
  // The vendor's own description has this one path without `/api`.
  routeAt(world, 'POST', `/v2/tenants/:tenantId${RESULT}`, takeTaskResult),
];

/** What a start answers is not documented: nothing, or the instance, by the settings. */
function startProcess(call: TenantCall): WireResponse {
  const { world, tenant, nowMs, wrote } = call;
  const process = getNamed(call, tenant.shelves.processes);
  const variables = parseBody(call);
  const starts = Object.entries(variables);
  if (!starts.some(([name, event]) => name.startsWith('StartEvent_') && isRow(event))) {
    return fieldErrors({ body: 'must name a start event' });
  }
  const instance: ProcessInstance = {
    id: world.nextUuid(),
    processId: String(process['id']),
    executionId: world.nextUuid(),
    state: 'ACTIVE',
    startTime: nowMs,
    endTime: null,
    variables,
    activityInstances: [{ activityId: starts[0]?.[0], startTime: nowMs, endTime: nowMs }],
    errors: [],
  };
  tenant.processInstances.set(instance.id, instance);
  if (process['waitsForTask'] !== true) {
    world.later.at(nowMs + world.settings.processDelayMs, (dueMs) => complete(instance, dueMs));
  }
  wrote(1);
  const { processStartAnswer } = world.settings;
  return processStartAnswer === 'empty' ? emptyResponse(200) : jsonResponse(200, instance);
}

/** SUCCESS once for each execution that waits; FAILURE for any other, with status 200 too. */
function takeTaskResult(call: TenantCall): WireResponse {
  const { executionId } = parseBody(call);
  const instance = [...call.tenant.processInstances.values()].find(
    (candidate) => candidate.executionId === executionId && candidate.state === 'ACTIVE',
  );
  if (instance === undefined) return textResponse(200, 'text/plain', 'FAILURE');
  complete(instance, call.nowMs);
  call.wrote(1);
  return textResponse(200, 'text/plain', 'SUCCESS');
}

function complete(instance: ProcessInstance, atMs: number): void {
  instance.state = 'COMPLETED';
  instance.endTime = atMs;
}
