/** Every kind of Cisco AMP job, in the order of its documentation. */
import type { JobType } from '../../jobs/job-type.ts';
import { activityQuery } from './jobs/activity-query.ts';
import { call } from './jobs/call.ts';
import { computerIsolate, computerRelease } from './jobs/computer-isolation.ts';
import { computersMoveGroup } from './jobs/computers-move-group.ts';
import { computersQuery } from './jobs/computers-query.ts';
import { computersRemoveStale } from './jobs/computers-remove-stale.ts';
import { eventTypes } from './jobs/event-types.ts';
import { eventsPoll } from './jobs/events-poll.ts';
import { fileListAdd, fileListRemove } from './jobs/file-list-change.ts';
import { fileListQuery } from './jobs/file-list-query.ts';
import { groupsQuery } from './jobs/groups-query.ts';
import { indicatorsQuery } from './jobs/indicators-query.ts';
import { policiesQuery } from './jobs/policies-query.ts';
import { trajectory } from './jobs/trajectory.ts';
import { version } from './jobs/version.ts';
import { vulnerabilitiesQuery } from './jobs/vulnerabilities-query.ts';

export const jobTypes: readonly JobType[] = [
  version,
  computersQuery,
  computerIsolate,
  computerRelease,
  computersMoveGroup,
  computersRemoveStale,
  groupsQuery,
  policiesQuery,
  indicatorsQuery,
  vulnerabilitiesQuery,
  activityQuery,
  trajectory,
  eventsPoll,
  eventTypes,
  fileListQuery,
  fileListAdd,
  fileListRemove,
  call,
];
