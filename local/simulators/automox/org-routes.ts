import { jsonResponse } from '../frame/wire.ts';
import type { AutomoxRoute } from './org-route.ts';
import { pageOf, parsePage } from './paging.ts';
import type { World } from './world.ts';

/** The one listing that needs no `o`: it tells which organizations a key may name. */
export const orgRoutes = (world: World): AutomoxRoute[] => [
  {
    method: 'GET',
    path: '/orgs',
    answer({ caller, query }) {
      const rows = caller.orgs.flatMap((id) => {
        const org = world.orgs.get(id);
        if (org === undefined) return [];
        const { uuid, name, devices, accessKey } = org;
        return [{ id, uuid, name, device_count: devices.size, access_key: accessKey }];
      });
      return jsonResponse(200, pageOf(rows, parsePage(query)));
    },
  },
];
