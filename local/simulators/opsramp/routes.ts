import { agentRoutes } from './agent-routes.ts';
import { alertActionRoutes } from './alert-action-routes.ts';
import { alertIntakeRoutes } from './alert-intake-routes.ts';
import { alertRoutes } from './alert-routes.ts';
import { articleRoutes } from './article-routes.ts';
import { automationRoutes } from './automation-routes.ts';
import { deviceGroupRoutes } from './device-group-routes.ts';
import { exportRoutes } from './export-routes.ts';
import { integrationRoutes } from './integration-routes.ts';
import { jobRoutes } from './job-routes.ts';
import { maintenanceRoutes } from './maintenance-routes.ts';
import { metricRoutes } from './metric-routes.ts';
import { monitoringRoutes } from './monitoring-routes.ts';
import { patchJobRoutes } from './patch-job-routes.ts';
import { patchRoutes } from './patch-routes.ts';
import { resourceRoutes } from './resource-routes.ts';
import { tenancyRoutes } from './tenancy-routes.ts';
import type { OpsRampRoute } from './tenant-route.ts';
import { ticketRoutes } from './ticket-routes.ts';
import type { World } from './world.ts';

/** Every operation of OpsRamp that the simulator knows, but for the tokens. */
export const opsRampRoutes = (world: World): OpsRampRoute[] => [
  ...agentRoutes(world),
  ...alertRoutes(world),
  ...alertIntakeRoutes(world),
  ...alertActionRoutes(world),
  ...maintenanceRoutes(world),
  ...jobRoutes(world),
  ...automationRoutes(world),
  ...exportRoutes(world),
  ...integrationRoutes(world),
  ...articleRoutes(world),
  ...metricRoutes(world),
  ...monitoringRoutes(world),
  ...patchRoutes(world),
  ...patchJobRoutes(world),
  ...resourceRoutes(world),
  ...deviceGroupRoutes(world),
  ...tenancyRoutes(world),
  ...ticketRoutes(world),
];
