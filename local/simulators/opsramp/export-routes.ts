import { textResponse } from '../frame/wire.ts';
import { refuseIfAny } from './errors.ts';
import { missingTexts, type OpsRampRoute, parseBody, routeAt } from './tenant-route.ts';
import type { World } from './world.ts';

const TYPES = ['Inventory', 'Alerts', 'Tickets', 'Metrics'];

/** Answers text: the id of the schedule, or that there is one of this name. What it exports goes elsewhere. */
export const exportRoutes = (world: World): OpsRampRoute[] => [
  routeAt(world, 'POST', '/api/v2/exports/tenants/:tenantId/create', (call) => {
    const body = parseBody(call);
    const { scheduleType, type, name } = body;
    refuseIfAny({
      ...missingTexts(body, 'name', 'integrationId'),
      ...(TYPES.includes(String(type)) ? {} : { type: `must be one of ${TYPES.join(', ')}` }),
      ...(scheduleType === 'ON-DEMAND' || scheduleType === 'RECURRING'
        ? {}
        : { scheduleType: 'must be ON-DEMAND or RECURRING' }),
    });
    const { exports } = call.tenant.shelves;
    const known = [...exports.values()].some((row) => row['name'] === name);
    if (known) return textResponse(200, 'text/plain', `Export ${name} already exists\n`);
    const id = `schexp-${world.nextUuid()}`;
    exports.set(id, { ...body, id });
    call.wrote(1);
    return textResponse(200, 'text/plain', `${type} export created: ${id}\n`);
  }),
];
