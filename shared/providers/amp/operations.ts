/**
 * The operations of the Cisco AMP API v1. Each spends from the one hourly budget of the business.
 *
 * Left out on purpose: `POST /v1/event_streams`, whose answer shows a password once and never again
 * (Sluice keeps no vendor's password); `OPTIONS` of an isolation, which says in a header what `GET`
 * says in its body; and parameters that no second client is known to send.
 */
import type { Operation, OperationParams } from '../../jobs/operation.ts';
import type { BudgetName } from './limits.ts';
import * as p from './operation-params.ts';

const OBSERVED = 'Cisco AMP API v1, observed';
const CLIENTS = 'Cisco AMP API v1, as public clients call it';

interface AmpOperation extends Operation {
  readonly budgets: readonly BudgetName[];
}

const computer = '/computers/{guid}';
const isolation = `${computer}/isolation`;
const group = '/groups/{guid}';
const stream = '/event_streams/{id}';
const listFiles = '/file_lists/{guid}/files';
const inComputer = { path: p.computerPath };
const inGuid = { path: p.guidPath };
const ofComputer = { ...inComputer, query: p.computerVulnerabilitiesQuery };

/** Ends an isolation at the machine itself: it stays in the AMP console, for those who may see it. */
const unlockCode = { secretFields: ['unlock_code'] };

export const operations = {
  getVersion: read('version.get', '/version'),

  listComputers: read('computers.list', '/computers', { query: p.computersQuery }),
  getComputer: read('computers.get', computer, inComputer),
  /** Answers 202: the group is new at once, the policy of the group later. */
  moveComputer: write('computers.move', 'PATCH', computer, { ...inComputer, body: p.moveBody }),
  /** Cannot be undone. A second time finds nothing: 404. */
  deleteComputer: write('computers.delete', 'DELETE', computer, inComputer),
  getTrajectory: read('computers.trajectory', `${computer}/trajectory`, {
    ...inComputer,
    query: p.trajectoryQuery,
  }),
  getUserTrajectory: read('computers.user-trajectory', `${computer}/user_trajectory`, {
    ...inComputer,
    query: p.trajectoryQuery,
  }),
  listActivity: read('computers.activity', '/computers/activity', { query: p.activityQuery }),
  listUserActivity: read('computers.user-activity', '/computers/user_activity', {
    query: p.activityQuery,
  }),

  getIsolation: { ...read('isolation.get', isolation, inComputer), ...unlockCode },
  /** Refused with 409 where it is on, or cannot be: the state says which. */
  startIsolation: {
    ...write('isolation.start', 'PUT', isolation, { ...inComputer, body: p.isolationBody }),
    ...unlockCode,
    repeat: 'reconcile',
  },
  stopIsolation: {
    ...write('isolation.stop', 'DELETE', isolation, { ...inComputer, body: p.isolationBody }),
    ...unlockCode,
    repeat: 'reconcile',
  },

  listGroups: read('groups.list', '/groups', { query: p.groupsQuery }),
  getGroup: read('groups.get', group, inGuid),
  createGroup: {
    ...write('groups.create', 'POST', '/groups', { body: p.groupBody }),
    repeat: 'reconcile',
  },
  updateGroup: write('groups.update', 'PATCH', group, { ...inGuid, body: p.groupPoliciesBody }),
  moveGroup: write('groups.move', 'PATCH', `${group}/parent`, {
    ...inGuid,
    body: p.groupParentBody,
  }),
  deleteGroup: write('groups.delete', 'DELETE', group, inGuid),

  listPolicies: read('policies.list', '/policies', { query: p.policiesQuery }),
  getPolicy: read('policies.get', '/policies/{guid}', inGuid),

  /** Newest first; `start_date` is inclusive and there is no end date. */
  listEvents: read('events.list', '/events', { query: p.eventsQuery }),
  listEventTypes: read('event-types.list', '/event_types'),

  listStreams: read('event-streams.list', '/event_streams'),
  getStream: read('event-streams.get', stream, { path: p.streamPath }),
  updateStream: write('event-streams.update', 'PATCH', stream, {
    path: p.streamPath,
    body: p.streamBody,
  }),
  deleteStream: write('event-streams.delete', 'DELETE', stream, { path: p.streamPath }),

  listDetectionLists: read('file-lists.detections', '/file_lists/simple_custom_detections', {
    query: p.fileListsQuery,
  }),
  listBlockingLists: read('file-lists.blocking', '/file_lists/application_blocking', {
    query: p.fileListsQuery,
  }),
  getFileList: read('file-lists.get', '/file_lists/{guid}', inGuid),
  listListFiles: read('file-lists.files', listFiles, { ...inGuid, query: p.pageQuery }),
  getListFile: read('file-lists.file', `${listFiles}/{sha256}`, { path: p.filePath }),
  /** 409 where the file is in the list. */
  addListFile: write('file-lists.add', 'POST', `${listFiles}/{sha256}`, {
    path: p.filePath,
    body: p.listFileBody,
  }),
  /** 404 where the file is not in the list. */
  removeListFile: write('file-lists.remove', 'DELETE', `${listFiles}/{sha256}`, {
    path: p.filePath,
  }),

  listIndicators: read('indicators.list', '/indicators', { query: p.pageQuery }),
  getIndicator: read('indicators.get', '/indicators/{guid}', inGuid),

  listVulnerabilities: read('vulnerabilities.list', '/vulnerabilities', {
    query: p.vulnerabilitiesQuery,
  }),
  listVulnerableComputers: read(
    'vulnerabilities.computers',
    '/vulnerabilities/{sha256}/computers',
    { path: p.hashPath, query: p.vulnerabilitiesQuery },
  ),
  listVulnerabilitiesOf: read(
    'computers.vulnerabilities',
    `${computer}/vulnerabilities`,
    ofComputer,
  ),
  listSystemVulnerabilitiesOf: read(
    'computers.os-vulnerabilities',
    `${computer}/os_vulnerabilities`,
    { ...inComputer, query: p.pageQuery },
  ),
} as const satisfies Record<string, AmpOperation>;

function read(id: string, path: string, params: OperationParams = {}): AmpOperation {
  return {
    id,
    method: 'GET',
    path,
    budgets: ['account'],
    repeat: 'safe',
    params,
    source: OBSERVED,
  };
}

/** Idempotent unless its row says otherwise. */
function write(
  id: string,
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  params: OperationParams,
): AmpOperation {
  return { id, method, path, budgets: ['account'], repeat: 'idempotent', params, source: CLIENTS };
}
