/** A demo that went as it should, to be spoilt by tests: no stack runs here. */
import type { Seen } from '../../../local/demo/observe.ts';
import {
  BATCH_JOBS,
  FLEET_DEVICES,
  ORGANIZATION_ID,
  type PlannedJob,
  planJobs,
} from '../../../local/demo/plan.ts';
import { createAutomoxSimulator } from '../../../local/simulators/automox/automox-simulator.ts';
import type { Audit } from '../../../local/simulators/frame/simulator.ts';
import type { JobView } from '../../../shared/jobs/describe-job.ts';
import { minutes, seconds } from '../../../shared/kernel/duration.ts';

export const plan = planJobs(createAutomoxSimulator().org(ORGANIZATION_ID));

export const isBatch = ({ label }: PlannedJob): boolean => label.startsWith('tag');

const WRONG_FIELDS = ['params.devices[0]', 'params.colour', 'params.actions'];

export function jobOf(planned: PlannedJob, place: number): JobView {
  const waits = isBatch(planned) && place >= 5;
  return {
    id: `job_${place}`,
    type: String(planned.message['type']),
    account: 'acme',
    status: planned.expected,
    tenant: 'default',
    priority: 'normal',
    createdAt: '2026-03-01T02:00:00.000Z',
    updatedAt: '2026-03-01T02:00:00.000Z',
    attempts: 1,
    mode: 'run',
    origin: { way: planned.way },
    run: 1,
    params: (planned.message['params'] ?? {}) as JobView['params'],
    waitedMs: waits ? minutes(1) : seconds(0),
    deadline: '2026-03-14T02:00:00.000Z',
    timeline: [],
    ...(planned.way === 'schedule'
      ? { result: { kind: 'object', rows: FLEET_DEVICES, bytes: 1_000 } }
      : {}),
    ...(planned.expected === 'rejected' ? { error: wrongError } : {}),
  };
}

const wrongError = {
  code: 'job.invalid',
  message: 'the job message is wrong',
  fields: WRONG_FIELDS.map((field) => ({ field, problem: 'is wrong' })),
} as const;

export const goodSeen: Seen = new Map(
  plan.map((planned, place) => [planned, jobOf(planned, place)]),
);

/** `goodSeen` with the job of one plan changed; without it where `change` is undefined. */
export function seenWith(
  which: (planned: PlannedJob) => boolean,
  change: Partial<JobView> | undefined,
): Seen {
  const planned = plan.find(which);
  const job = planned && goodSeen.get(planned);
  if (!planned || !job) throw new RangeError('nothing like that is planned');
  const seen = new Map(goodSeen);
  if (change === undefined) seen.delete(planned);
  else seen.set(planned, { ...job, ...change });
  return seen;
}

const limit = {
  limit: 5,
  windowMs: 60_000,
  fullest: 5,
  arrivals: BATCH_JOBS,
  refused: 0,
  scopes: {},
};

export const goodAudit: Audit = {
  vendor: 'automox',
  limits: { 'servers.batch': limit, account: { ...limit, limit: 100, windowMs: 1_000 } },
  arrivals: BATCH_JOBS,
  operations: {},
  statuses: {},
  writes: [],
  unexpected: [],
  unusedFaults: [],
};

export const auditWith = (change: Partial<typeof limit>): Audit => ({
  ...goodAudit,
  limits: { ...goodAudit.limits, 'servers.batch': { ...limit, ...change } },
});
