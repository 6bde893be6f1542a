/** Patch configurations and compliance jobs. A run answers nothing: its effects have to be polled. */
import { emptyResponse, jsonResponse } from '../frame/wire.ts';
import { fieldErrors, refuseIfAny } from './errors.ts';
import { searchPage } from './listing.ts';
import { installPatches, scanPatches } from './patch-work.ts';
import { entityIds } from './run-records.ts';
import {
  getNamed,
  isText,
  missingTexts,
  type OpsRampRoute,
  parseBody,
  parseOptionalBody,
  tenantRoute,
} from './tenant-route.ts';
import type { World } from './world.ts';

const ALL = '/patches/configurations';

export const patchJobRoutes = (world: World): OpsRampRoute[] => [
  tenantRoute(world, 'GET', `${ALL}/search`, (call) =>
    searchPage(call, call.tenant.shelves.patchConfigurations.values(), { keys: {} }),
  ),
  tenantRoute(world, 'GET', `${ALL}/:id`, (call) =>
    jsonResponse(200, getNamed(call, call.tenant.shelves.patchConfigurations)),
  ),
  tenantRoute(world, 'POST', ALL, (call) => {
    const body = parseBody(call);
    refuseIfAny(missingTexts(body, 'patchConfigName'));
    const id = `PATCHCONF-${world.nextUuid()}`;
    const configuration = { ...body, id };
    call.tenant.shelves.patchConfigurations.set(id, configuration);
    call.wrote(1);
    return jsonResponse(200, configuration);
  }),
  tenantRoute(world, 'POST', `${ALL}/:id/run`, (call) => {
    const configuration = getNamed(call, call.tenant.shelves.patchConfigurations);
    if (!isText(parseOptionalBody(call)['reason'])) {
      return fieldErrors({ reason: 'is mandatory' });
    }
    const ids = entityIds(configuration);
    installPatches(call, ids);
    call.wrote(1);
    return emptyResponse(200);
  }),
  tenantRoute(world, 'POST', '/patches/compliance/:id/run', (call) => {
    scanPatches(call, entityIds(getNamed(call, call.tenant.shelves.complianceJobs)));
    call.wrote(1);
    return emptyResponse(200);
  }),
];
