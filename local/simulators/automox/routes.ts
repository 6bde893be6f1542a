import { approvalRoutes } from './approval-routes.ts';
import { batchRoutes } from './batch-routes.ts';
import { eventRoutes } from './event-routes.ts';
import { extractRoutes } from './extract-routes.ts';
import { groupRoutes } from './group-routes.ts';
import type { AutomoxRoute } from './org-route.ts';
import { orgRoutes } from './org-routes.ts';
import { packageRoutes } from './package-routes.ts';
import { policyRoutes } from './policy-routes.ts';
import { policyRunRoutes } from './policy-run-routes.ts';
import { queueRoutes } from './queue-routes.ts';
import { reportRoutes } from './report-routes.ts';
import { serverRoutes } from './server-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';
import { workletRoutes } from './worklet-routes.ts';
import type { World } from './world.ts';

/** Every operation that the simulator knows. */
export const automoxRoutes = (world: World): AutomoxRoute[] =>
  [
    orgRoutes,
    serverRoutes,
    batchRoutes,
    queueRoutes,
    groupRoutes,
    policyRoutes,
    policyRunRoutes,
    eventRoutes,
    packageRoutes,
    approvalRoutes,
    reportRoutes,
    extractRoutes,
    webhookRoutes,
    workletRoutes,
  ].flatMap((routesOf) => routesOf(world));
