/** What a month costs, from the figures. Pure. */
import { addBilled, type Billed, type BilledKind, timesBilled } from '../compare/cost/prices.ts';
import { accountsFor } from './accounts-for.ts';
import { DAYS_A_MONTH, LONG_POLL_S, POLLERS, SECONDS_A_MONTH } from './assumptions.ts';
import type { Figures } from './figures.ts';
import type { Arrival, KindName } from './kinds.ts';
import type { TemplateCounts } from './template-counts.ts';

export const POLLS_PER_MONTH = (POLLERS * SECONDS_A_MONTH) / LONG_POLL_S;

/** The age of the secrets is told in one hour of a day, and CloudWatch bills metrics by the hour. */
const DAILY_METRIC = 1 / 24;

export function idleMonth(counts: TemplateCounts, tick: Billed): Billed {
  const standing = {
    secretMonths: counts.secrets,
    secretReads: counts.secrets * DAYS_A_MONTH,
    alarmMonths: counts.alarmMetrics,
    dashboardMonths: counts.dashboards,
    metricMonths: DAILY_METRIC,
    standardQueueRequests: counts.standardMappings * POLLS_PER_MONTH,
    fifoQueueRequests: counts.fifoMappings * POLLS_PER_MONTH,
    keyMonths: counts.keys,
  };
  return withLogs(addBilled(timesBilled(tick, counts.ticksPerMonth), standing), counts);
}

/** Access log lines, and how long logs are kept. */
function withLogs(billed: Billed, { accessLogBytes, logRetentionDays }: TemplateCounts): Billed {
  const logBytes = billed.logBytes + billed.httpRequests * accessLogBytes;
  return { ...billed, logBytes, logByteMonths: logBytes * (logRetentionDays / DAYS_A_MONTH) };
}

/** Jobs a month that the page shows. */
export const VOLUMES = [1_000, 10_000, 100_000, 1_000_000];

/** Up to 10,000 a month come alone; of more it is assumed that they come in bursts, which costs more. */
const ALONE_MAX = 10_000;

export const arrivalAt = (jobs: number): Arrival => (jobs <= ALONE_MAX ? 'alone' : 'burst');

export interface Month {
  readonly jobs: number;
  readonly accounts: number;
  readonly idle: Billed;
  readonly used: Billed;
  readonly all: Billed;
}

/** Jobs of one kind that come in by HTTP, in the stage prod, once as much is deleted as comes. */
export function monthOf({ kinds, templates, tick }: Figures, kind: KindName, jobs: number): Month {
  const { lane, way, series, calls } = kinds[kind][arrivalAt(jobs)];
  const accounts = accountsFor(jobs, calls);
  const counts = templates.accounts[kind][String(accounts)];
  if (counts === undefined) throw new RangeError(`no template of ${accounts} accounts`);
  const idle = idleMonth(counts, tick);
  const perJob = addBilled(lane, way);
  const ofBudgets = series.filter((it) => it.includes('{Budget=')).length;
  const metricMonths = series.length + ofBudgets * (accounts - 1);
  const used = withLogs(addBilled(timesBilled(perJob, jobs), { metricMonths }), counts);
  return { jobs, accounts, idle, used, all: addBilled(idle, used) };
}

/** Of one job more; custom metrics do not grow with jobs. */
export const jobBilled = (lane: Billed, way: Billed, counts: TemplateCounts): Billed =>
  withLogs(addBilled(lane, way), counts);

export const parts: Readonly<Record<string, readonly BilledKind[]>> = {
  'CloudWatch alarms, dashboard and metrics': ['alarmMonths', 'dashboardMonths', 'metricMonths'],
  'CloudWatch Logs': ['logBytes', 'logByteMonths'],
  'DynamoDB requests': ['writeUnits', 'readUnits'],
  'DynamoDB storage and recovery': ['tableByteMonths', 'backupByteMonths'],
  'X-Ray': ['traces'],
  Lambda: ['invocations', 'gigabyteSeconds'],
  SQS: ['standardQueueRequests', 'fifoQueueRequests'],
  'EventBridge and Scheduler': ['events', 'scheduledTicks'],
  'API Gateway': ['httpRequests'],
  S3: ['objectWrites', 'objectReads', 'objectByteMonths'],
  'Secrets Manager': ['secretMonths', 'secretReads'],
  KMS: ['keyMonths', 'keyUses'],
};

export const amountOf = (billed: Billed, kinds: readonly BilledKind[]): Partial<Billed> =>
  Object.fromEntries(kinds.map((kind) => [kind, billed[kind]]));

const DATA_KEY_S = 300;
/** Functions and the bus send to lanes and to the intake; one role receives. */
const LANE_SENDERS = 4;
const INTAKE_SENDERS = 2;
const TABLES = 2;

/**
 * The most that a busy deployment asks of a key of its own, by AWS's rules: a queue asks twice for a
 * sender and once for a receiver in each reuse period of its data key (SQS developer guide: estimating
 * AWS KMS costs), and DynamoDB keeps a table's key for five minutes (for each role).
 */
export function keyUsesMax({ roles, fifoMappings, standardMappings }: TemplateCounts): number {
  const lanes = fifoMappings * (2 * LANE_SENDERS + 1);
  const intake = standardMappings * (2 * INTAKE_SENDERS + 1);
  return (SECONDS_A_MONTH / DATA_KEY_S) * (lanes + intake + roles * TABLES);
}
