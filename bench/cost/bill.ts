/** From counts to bills. Pure. */
import { sum } from '../../shared/kernel/sum.ts';
import {
  type Billed,
  monthlyPrices,
  nothingBilled,
  type Standing,
  usdByKind,
} from '../compare/cost/prices.ts';
import type { Counts } from './call-meter.ts';
import type { CaseCounts } from './count-jobs.ts';

/** What a laptop cannot tell of AWS. All but the processor's time are assumptions. */
export interface Assumed {
  readonly awsCallMs: number;
  readonly vendorCallMs: number;
  /** By `npm run bench:functions`. */
  readonly cpuMsPerInvocation: number;
  readonly memoryMb: number;
}

/**
 * A function is billed for the time it waits: its calls one after the other. An invocation is one trace:
 * X-Ray takes the first request of a second and 5 % of the others, so that this is the most.
 */
function billedOf(counts: Counts, vendorCalls: number, assumed: Assumed): Billed {
  const { awsCalls, invocations, indexUnits: _ofThem, ...rest } = counts;
  const billedMs =
    invocations * assumed.cpuMsPerInvocation +
    awsCalls * assumed.awsCallMs +
    vendorCalls * assumed.vendorCallMs;
  return {
    ...nothingBilled,
    ...rest,
    invocations,
    gigabyteSeconds: (billedMs / 1_000) * (assumed.memoryMb / 1_024),
    traces: invocations,
  };
}

const times = (billed: Billed, factor: number): Billed =>
  Object.fromEntries(
    Object.entries(billed).map(([kind, amount]) => [kind, amount * factor]),
  ) as unknown as Billed;

export const plus = (a: Billed, b: Billed): Billed =>
  Object.fromEntries(
    Object.entries(a).map(([kind, amount]) => [kind, amount + b[kind as keyof Billed]]),
  ) as unknown as Billed;

/** Of `jobs` jobs of a kind. */
export function billJobs(
  { counts, way, jobs: counted, vendorCalls }: CaseCounts,
  jobs: number,
  assumed: Assumed,
): Billed {
  const billed = billedOf(counts, vendorCalls, assumed);
  return times({ ...billed, httpRequests: way === 'http' ? counted : 0 }, jobs / counted);
}

export interface Clockwork {
  readonly reconcile: Counts;
  readonly ticksAMonth: number;
  /** Long polls of the intake queue, and of the lanes. */
  readonly intakePolls: number;
  readonly lanePolls: number;
}

/** A month in which nobody asks for anything. */
export function billIdle(
  { reconcile, ticksAMonth, intakePolls, lanePolls }: Clockwork,
  assumed: Assumed,
): Billed {
  const rounds = times(billedOf(reconcile, 0, assumed), ticksAMonth);
  return {
    ...rounds,
    scheduledTicks: ticksAMonth,
    standardQueueRequests: intakePolls,
    fifoQueueRequests: lanePolls,
  };
}

/** What stands and what is used, in the lines of a reader rather than of a price list. */
const lines = {
  DynamoDB: ['writeUnits', 'readUnits'],
  Lambda: ['invocations', 'gigabyteSeconds'],
  SQS: ['standardQueueRequests', 'fifoQueueRequests'],
  'EventBridge and Scheduler': ['events', 'scheduledTicks'],
  'API Gateway': ['httpRequests'],
  'CloudWatch Logs': ['logBytes'],
  'X-Ray': ['traces'],
  S3: ['objectWrites', 'objectReads'],
} as const satisfies Readonly<Record<string, readonly (keyof Billed)[]>>;

export type BillLine = { readonly line: string; readonly usd: number };

export function linesOf(billed: Billed, standing?: Standing): readonly BillLine[] {
  const usd = usdByKind(billed);
  const used = Object.entries(lines).map(([line, kinds]) => ({
    line,
    usd: sum(kinds.map((kind) => usd.get(kind) ?? 0)),
  }));
  return standing === undefined ? used : [...used, ...standingLines(standing)];
}

function standingLines({ secrets, alarms, dashboards, metrics, keys }: Standing): BillLine[] {
  return [
    { line: 'Secrets Manager', usd: secrets * monthlyPrices.secrets.usd },
    {
      line: 'CloudWatch alarms, dashboard, metrics',
      usd:
        alarms * monthlyPrices.alarms.usd +
        dashboards * monthlyPrices.dashboards.usd +
        metrics * monthlyPrices.metrics.usd,
    },
    { line: 'KMS', usd: keys * monthlyPrices.keys.usd },
  ];
}

export const totalOf = (bill: readonly BillLine[]): number => sum(bill.map(({ usd }) => usd));
