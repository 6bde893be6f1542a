/** Jobs, scripts (run book automation) and processes. */
import * as z from 'zod';
import { TENANT } from '../lanes.ts';
import { actingGet, Fields, get, Id, list, post, remove, Text } from './rows.ts';

const JOBS = `${TENANT}/jobs`;
const RBA = `${TENANT}/rba`;
const PROCESSES = `${TENANT}/metadata/processes`;

/** The dash of patch schedules, `daily`; a real client uses type `never` and then runs the job. */
const Schedule = z.strictObject({ startDate: Text.optional(), pattern: Fields.optional() });

const jobFields = {
  name: Text,
  jobQueued: z.union([z.boolean(), z.enum(['true', 'false'])]).optional(),
  entities: z
    .array(z.strictObject({ resource: z.strictObject({ id: Id, type: Text }) }))
    .min(1)
    .max(1_000),
  script: z.strictObject({
    jobType: Text,
    customScript: z.strictObject({ id: Id }).optional(),
    userType: Text.optional(),
    parameters: z.array(z.strictObject({ paramId: Id, value: z.json() })).optional(),
  }),
  schedule: Schedule.optional(),
};

/** One event by which a process begins, named as in its definition. */
export const ProcessEvent = z.record(
  z.string().regex(/^StartEvent_\w{1,64}$/, 'must be the name of a start event'),
  z.union([
    z.strictObject({ alert: Id }),
    z.strictObject({ resource: Id, eventType: Text.optional() }),
  ]),
);

export const automation = {
  listJobTypes: get('jobs.types', `${JOBS}/types`),
  searchJobs: list('jobs.search', `${JOBS}/search`, ['name']),
  createJob: post('jobs.create', JOBS, 'reconcile', z.strictObject(jobFields)),
  getJob: get('jobs.get', `${JOBS}/{id}`),
  updateJob: post(
    'jobs.update',
    `${JOBS}/{id}`,
    'idempotent',
    z.strictObject({ id: Id, ...jobFields }),
  ),
  deleteJob: remove('jobs.delete', `${JOBS}/{id}`),
  /** Answered without the id of a run. */
  runJob: actingGet('jobs.run', `${JOBS}/{id}/run`, z.strictObject({ reason: Text })),
  listScriptCategories: list('rba.categories', `${RBA}/categories`),
  listScripts: list('rba.scripts', `${RBA}/categories/{id}/scripts`),
  listScriptOutputs: list('rba.outputs', `${RBA}/scripts/{id}/paginatedOutputs`),
  searchProcesses: list('processes.search', `${PROCESSES}/search`, ['name']),
  startProcess: post('processes.start', `${PROCESSES}/start/{id}`, 'once', ProcessEvent),
  deployProcess: post('processes.deploy', `${PROCESSES}/deploy/{id}`, 'once', ProcessEvent),
  getProcessInstance: get('processes.instance', `${PROCESSES}/processInstances/{id}`),
  searchProcessInstances: list('processes.instances', `${PROCESSES}/processInstances/search`, [
    'processId',
    'state',
  ]),
  reportTaskResult: post(
    'processes.taskResult',
    `${PROCESSES}/externalTaskExecutionResult`,
    'once',
    z.strictObject({
      executionId: Id,
      status: z.enum(['SUCCESS', 'FAILURE']),
      taskExecutionResult: Fields,
    }),
    { textAnswer: true },
  ),
} as const;
