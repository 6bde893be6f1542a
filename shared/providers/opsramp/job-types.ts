/** Every kind of OpsRamp job, in the order of its documentation. */
import type { JobType } from '../../jobs/job-type.ts';
import { alertCreate } from './jobs/alert-create.ts';
import { alertsAct } from './jobs/alerts-act.ts';
import { alertsQuery } from './jobs/alerts-query.ts';
import { call } from './jobs/call.ts';
import { exportRun } from './jobs/export-run.ts';
import {
  maintenanceEnd,
  maintenanceResume,
  maintenanceSuspend,
} from './jobs/maintenance-control.ts';
import { maintenanceSchedule } from './jobs/maintenance-schedule.ts';
import { metricsPush } from './jobs/metrics-push.ts';
import { metricsQuery } from './jobs/metrics-query.ts';
import { patchesApprove } from './jobs/patches-approve.ts';
import { patchesInstall } from './jobs/patches-install.ts';
import { patchesScan } from './jobs/patches-scan.ts';
import { processStart } from './jobs/process-start.ts';
import { resourceUpdate } from './jobs/resource-update.ts';
import { resourcesQuery } from './jobs/resources-query.ts';
import { scriptRun } from './jobs/script-run.ts';
import { ticketClose } from './jobs/ticket-close.ts';
import { ticketEnsure } from './jobs/ticket-ensure.ts';
import { ticketUpdate } from './jobs/ticket-update.ts';

export const jobTypes: readonly JobType[] = [
  alertsQuery,
  alertsAct,
  alertCreate,
  resourcesQuery,
  resourceUpdate,
  patchesScan,
  patchesApprove,
  patchesInstall,
  scriptRun,
  processStart,
  ticketEnsure,
  ticketUpdate,
  ticketClose,
  maintenanceSchedule,
  maintenanceSuspend,
  maintenanceResume,
  maintenanceEnd,
  metricsPush,
  metricsQuery,
  exportRun,
  call,
];
