import { type AutomoxRoute, orgRoute } from './org-route.ts';
import { metadataPage, parsePage } from './paging.ts';
import type { World } from './world.ts';

const WORKLETS = ['Disable guest account', 'Check disk encryption', 'Restart print spooler'];

/** Worklets that the vendor publishes, the same for every organization. */
export const workletRoutes = (world: World): AutomoxRoute[] => [
  orgRoute(world, 'GET', '/worklet-catalog', ({ query }) => {
    const rows = WORKLETS.map((name, index) => ({
      id: index + 1,
      name,
      os_family: 'Windows',
      evaluation_code: 'exit 0',
      remediation_code: 'exit 0',
    }));
    return metadataPage(rows, parsePage(query));
  }),
];
