/** Every kind of Automox job, in the order of its documentation. */
import type { JobType } from '../../jobs/job-type.ts';
import { approvalsDecide } from './jobs/approvals-decide.ts';
import { approvalsQuery } from './jobs/approvals-query.ts';
import { call } from './jobs/call.ts';
import { eventsQuery } from './jobs/events-query.ts';
import { groupsDelete } from './jobs/groups-delete.ts';
import { groupsEnsure } from './jobs/groups-ensure.ts';
import { groupsQuery } from './jobs/groups-query.ts';
import { packagesQuery } from './jobs/packages-query.ts';
import { policiesExport } from './jobs/policies-export.ts';
import { policyApplyToGroup } from './jobs/policy-apply-to-group.ts';
import { policyCreate } from './jobs/policy-create.ts';
import { policyDelete } from './jobs/policy-delete.ts';
import { policyEnsure } from './jobs/policy-ensure.ts';
import { policyRemoveFromGroup } from './jobs/policy-remove-from-group.ts';
import { policyRun } from './jobs/policy-run.ts';
import { policyStats } from './jobs/policy-stats.ts';
import { policyUpdate } from './jobs/policy-update.ts';
import { reportsNeedsAttention } from './jobs/reports-needs-attention.ts';
import { reportsPrepatch } from './jobs/reports-prepatch.ts';
import { serverCommand } from './jobs/server-command.ts';
import { serverUpdate } from './jobs/server-update.ts';
import { serversBatch } from './jobs/servers-batch.ts';
import { serversQuery } from './jobs/servers-query.ts';
import { serversRemoveStale } from './jobs/servers-remove-stale.ts';
import { webhooksEnsure } from './jobs/webhooks-ensure.ts';

export const jobTypes: readonly JobType[] = [
  serversQuery,
  serversBatch,
  serverUpdate,
  serverCommand,
  serversRemoveStale,
  policyCreate,
  policyEnsure,
  policyUpdate,
  policyDelete,
  policyApplyToGroup,
  policyRemoveFromGroup,
  policyRun,
  policiesExport,
  policyStats,
  groupsQuery,
  groupsEnsure,
  groupsDelete,
  packagesQuery,
  eventsQuery,
  approvalsQuery,
  approvalsDecide,
  reportsPrepatch,
  reportsNeedsAttention,
  webhooksEnsure,
  call,
];
