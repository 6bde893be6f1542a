import { activityRoutes } from './activity-routes.ts';
import { type AmpRoute, ampRoute } from './amp-route.ts';
import { computerRoutes } from './computer-routes.ts';
import { okAnswer } from './envelope.ts';
import { eventRoutes } from './event-routes.ts';
import { fileListRoutes } from './file-list-routes.ts';
import { groupRoutes } from './group-routes.ts';
import { indicatorRoutes } from './indicator-routes.ts';
import { isolationRoutes } from './isolation-routes.ts';
import { policyRoutes } from './policy-routes.ts';
import { streamRoutes } from './stream-routes.ts';
import { trajectoryRoutes } from './trajectory-routes.ts';
import { vulnerabilityRoutes } from './vulnerability-routes.ts';
import type { World } from './world.ts';

/** Every operation that the simulator knows. */
export const ampRoutes = (world: World): AmpRoute[] =>
  [
    versionRoutes,
    computerRoutes,
    activityRoutes,
    trajectoryRoutes,
    isolationRoutes,
    groupRoutes,
    policyRoutes,
    eventRoutes,
    streamRoutes,
    fileListRoutes,
    indicatorRoutes,
    vulnerabilityRoutes,
  ].flatMap((routesOf) => routesOf(world));

const versionRoutes = (world: World): AmpRoute[] => [
  ampRoute(world, 'GET', '/version', {}, (call) => okAnswer(call, {})),
];
