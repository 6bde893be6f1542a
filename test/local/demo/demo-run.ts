/** A demo that went as it should, to be spoilt by tests: no stack runs here. */
import { FLEET_DEVICES, ORGANIZATION_ID } from '../../../local/demo/demo-config.ts';
import type { Seen } from '../../../local/demo/observe.ts';
import { type PlannedJob, planJobs } from '../../../local/demo/plan.ts';
import { allJobs, DETECTIONS, HOST, OTHER_HOST, planStory } from '../../../local/demo/story.ts';
import type { VendorFacts } from '../../../local/demo/vendor-facts.ts';
import { createAutomoxSimulator } from '../../../local/simulators/automox/automox-simulator.ts';
import type { Audit } from '../../../local/simulators/frame/simulator.ts';
import type { JobView } from '../../../shared/jobs/describe-job.ts';
import { minutes, seconds } from '../../../shared/kernel/duration.ts';

export const firstAct = planJobs(createAutomoxSimulator().org(ORGANIZATION_ID));
export const story = planStory(Date.UTC(2026, 2, 1, 2));
export const plan = [...firstAct, ...allJobs(story)];

export const isBatch = ({ label }: PlannedJob): boolean => label.startsWith('tag ');

const WRONG_FIELDS = ['params.devices[0]', 'params.colour', 'params.actions'];

export function jobOf(planned: PlannedJob, place: number): JobView {
  const rows = rowsOf(planned);
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
    origin: originOf(planned),
    run: 1,
    params: (planned.message['params'] ?? {}) as JobView['params'],
    waitedMs: isBatch(planned) && place >= 5 ? minutes(1) : seconds(0),
    deadline: '2026-03-14T02:00:00.000Z',
    timeline: [],
    ...(rows === undefined ? {} : { result: { kind: 'object', rows, bytes: 1_000 } }),
    ...(planned.expected === 'rejected' ? { error: wrongError } : {}),
  };
}

function rowsOf(planned: PlannedJob): number | undefined {
  if (planned.way === 'schedule') return FLEET_DEVICES;
  return story.polls.includes(planned) ? DETECTIONS : undefined;
}

const originOf = ({ way }: PlannedJob): JobView['origin'] =>
  way === 'reaction' ? { way: 'event', detail: 'reaction:any' } : { way };

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

const limit = { limit: 5, windowMs: 60_000, fullest: 5, arrivals: 8, refused: 0, scopes: {} };
const unused = { ...limit, fullest: 0, arrivals: 0 };

/** When the vendor got each batch, in milliseconds since the first. */
const BATCHES_AT_MS = [0, 100, 200, 300, 400, 60_001, 60_101, 60_201];

const writeAt = (atMs: number): Audit['writes'][number] => ({
  atMs,
  operation: 'POST /servers/batch',
  method: 'POST',
  path: '/api/servers/batch',
  bodyDigest: '',
  status: 200,
  delivery: 'whole',
  effects: 1,
});

const bareAudit = {
  arrivals: 8,
  operations: {},
  statuses: {},
  writes: [],
  unexpected: [],
  unusedFaults: [],
};

export const auditsWith = (
  change: Partial<typeof limit>,
  batchesAtMs: readonly number[] = BATCHES_AT_MS,
): readonly Audit[] => [
  {
    ...bareAudit,
    vendor: 'automox',
    limits: { 'servers.batch': { ...limit, ...change }, unauthenticated: unused },
    writes: batchesAtMs.map(writeAt),
  },
  { ...bareAudit, vendor: 'amp', limits: { business: { ...limit, limit: 3_000 } } },
];

export const goodAudits = auditsWith({});

export const goodFacts: VendorFacts = {
  tagged: [{ host: HOST, tags: ['lab', 'detected'] }],
  alerts: [{ host: HOST, id: '389301', status: 'Acknowledged', acknowledged: true }],
  detections: [
    { host: HOST, severity: 'High' },
    { host: OTHER_HOST, severity: 'Medium' },
  ],
  audits: goodAudits,
};
