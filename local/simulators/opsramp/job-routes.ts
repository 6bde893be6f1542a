/** Jobs. A run is started by a GET that carries a body, and answers nothing. */
import { emptyResponse, jsonResponse } from '../frame/wire.ts';
import { fieldErrors, refuseIfAny } from './errors.ts';
import { has, searchPage } from './listing.ts';
import { startJobRun } from './run-records.ts';
import {
  getNamed,
  isRow,
  isText,
  missingTexts,
  type OpsRampRoute,
  parseBody,
  type TenantCall,
  tenantRoute,
} from './tenant-route.ts';
import type { Row, World } from './world.ts';

/** The two of which the documentation has examples, and scripts of one's own. */
const JOB_TYPES = [
  { name: 'AD Checklist', type: 'adCheckList' },
  { name: 'Custom Script', type: 'customScript' },
  { name: 'Missing Patches Download and Update', type: 'missingPatchesDownloadUpdate' },
];

export const jobRoutes = (world: World): OpsRampRoute[] => [
  tenantRoute(world, 'GET', '/jobs/types', () => jsonResponse(200, { jobNameAndType: JOB_TYPES })),
  tenantRoute(world, 'GET', '/jobs/search', (call) =>
    searchPage(call, call.tenant.jobs.values(), { keys: { name: has('name') } }),
  ),
  tenantRoute(world, 'POST', '/jobs', (call) => {
    const id = world.nextUuid();
    const job = { ...parseJob(call), id };
    call.tenant.jobs.set(id, job);
    call.wrote(1);
    return jsonResponse(200, job);
  }),
  tenantRoute(world, 'GET', '/jobs/:id/run', (call) => {
    const job = getNamed(call, call.tenant.jobs);
    if (!isText(parseBody(call)['reason'])) return fieldErrors({ reason: 'is mandatory' });
    startJobRun(call, job);
    call.wrote(1);
    return emptyResponse(200);
  }),
  tenantRoute(world, 'GET', '/jobs/:id', (call) =>
    jsonResponse(200, getNamed(call, call.tenant.jobs)),
  ),
  tenantRoute(world, 'POST', '/jobs/:id', (call) => {
    const { id } = getNamed(call, call.tenant.jobs);
    const job = parseJob(call);
    if (job['id'] !== id) return fieldErrors({ id: 'the whole job is expected, with its id' });
    call.tenant.jobs.set(String(id), job);
    call.wrote(1);
    return jsonResponse(200, job);
  }),
  tenantRoute(world, 'DELETE', '/jobs/:id', (call) => {
    call.tenant.jobs.delete(String(getNamed(call, call.tenant.jobs)['id']));
    call.wrote(1);
    return emptyResponse(200);
  }),
];

/** What was sent as text comes back typed. Throws Refusal with 400. */
function parseJob(call: TenantCall): Row {
  const body = parseBody(call);
  const { script, entities, jobQueued } = body;
  const hasType = isRow(script) && JOB_TYPES.some(({ type }) => type === script['jobType']);
  refuseIfAny({
    ...missingTexts(body, 'name'),
    ...(hasType ? {} : { 'script.jobType': 'must be one of the job types' }),
    ...(Array.isArray(entities) && entities.every(isRow) ? {} : { entities: 'must be an array' }),
  });
  return { ...body, jobQueued: jobQueued === true || jobQueued === 'true' };
}
