/** From what was seen of a run to its figures. Pure. */
import { fullestWindow } from '../../local/simulators/frame/fullest-window.ts';
import { isAccepted } from './calls-of.ts';
import { usdPerMillionJobs } from './cost/prices.ts';
import type { CountedCall, PlacedJob, RunFacts } from './run-facts.ts';
import { type ScenarioName, SMALL_TENANT, scenarios } from './scenarios.ts';
import {
  earliestByMs,
  jainIndex,
  mean,
  percentile,
  trailingCounts,
  utilization,
  violatingShare,
} from './statistics.ts';

/** Absent figures do not apply to the row or the scenario. */
export interface Figures {
  readonly row: string;
  readonly scenario: ScenarioName;
  readonly windowMs: number;
  readonly limit: number;
  readonly jobs: number;
  /** Jobs whose call the vendor accepted. */
  readonly served: number;
  readonly fullest: number;
  readonly violating: number;
  /** By what part of a window the earliest of the violating calls came too early. */
  readonly earliestByWindows?: number;
  readonly utilization?: number;
  readonly throttled: number;
  /** Jobs that the row gave up or forgot, those that the benchmark gave it again included. */
  readonly lost: number;
  /** Neither served nor lost when the run ended. */
  readonly open: number;
  /** Accepted calls beyond the first of their job, or of no job at all. */
  readonly duplicates: number;
  readonly kills: number;
  readonly jain?: number;
  readonly smallWaitMedianMs?: number;
  readonly smallWaitMaxMs?: number;
  /** Of the urgent job: how many calls the vendor accepted from its placing on, its own included. */
  readonly urgentPlace?: number;
  readonly urgentWaitMs?: number;
  readonly receivesMean?: number;
  readonly receivesMax?: number;
  readonly storeWritesPerCall?: number;
  readonly limiterWritesPerCall?: number;
  readonly redisCommandsPerCall?: number;
  readonly invocationsPerJob?: number;
  readonly billedMsPerJob?: number;
  readonly usdPerMillionJobs?: number;
  /** At each of the first calls: when, and how many calls the window that ends with it holds. */
  readonly course: readonly { readonly atWindows: number; readonly held: number }[];
}

export function figuresOf(facts: RunFacts): Figures {
  const { row, scenario, windowMs, limit, jobs, calls, lost, kills } = facts;
  const stampsMs = calls.map(({ atMs }) => atMs);
  const accepted = calls.filter(({ status }) => isAccepted(status));
  const served = new Map<string, number>();
  const known = new Set(jobs.map(({ key }) => key));
  for (const { key, atMs } of accepted) {
    if (known.has(key) && !served.has(key)) served.set(key, atMs);
  }
  const gone = new Set(lost);
  const hasBacklog = scenarios.some(({ name, backlog }) => name === scenario && backlog);
  return {
    row,
    scenario,
    windowMs,
    limit,
    jobs: jobs.length,
    served: served.size,
    fullest: fullestWindow(stampsMs, windowMs),
    violating: violatingShare(stampsMs, limit, windowMs),
    throttled: calls.filter(({ status }) => status === 429).length,
    lost: gone.size,
    open: jobs.filter(({ key }) => !served.has(key) && !gone.has(key)).length,
    duplicates: accepted.length - served.size,
    kills,
    ...defined({
      earliestByWindows: (earliestByMs(stampsMs, limit, windowMs) ?? Number.NaN) / windowMs,
      utilization: hasBacklog ? utilization([...served.values()], limit, windowMs) : undefined,
      ...tenantFigures(jobs, served),
      ...urgentFigures(jobs, accepted),
      ...usageFigures(facts, served.size),
    }),
    course: courseOf(stampsMs, windowMs),
  };
}

const COURSE_CALLS = 60;

function courseOf(stampsMs: readonly number[], windowMs: number): Figures['course'] {
  const first = [...stampsMs].sort((a, b) => a - b).slice(0, COURSE_CALLS);
  const held = trailingCounts(first, windowMs);
  return first.map((atMs, index) => ({
    atWindows: Math.round(((atMs - (first[0] ?? 0)) / windowMs) * 1_000) / 1_000,
    held: held[index] ?? 0,
  }));
}

/**
 * Jain's index of what each tenant was served while both had jobs waiting; and how long the small one
 * waited. It has too few jobs for a high percentile, which would be the longest by another name.
 */
function tenantFigures(jobs: readonly PlacedJob[], served: ReadonlyMap<string, number>) {
  const small = jobs.filter(({ tenant }) => tenant === SMALL_TENANT);
  const waits = small.flatMap(({ key, placedAtMs }) => {
    const atMs = served.get(key);
    return atMs === undefined ? [] : [atMs - placedAtMs];
  });
  if (small.length === 0) return {};
  const fromMs = Math.min(...small.map(({ placedAtMs }) => placedAtMs));
  const instants = small.map(({ key }) => served.get(key) ?? Number.POSITIVE_INFINITY);
  const untilMs = Math.max(...instants);
  const sharesOf = (mine: boolean): number =>
    jobs.filter(({ key, tenant }) => {
      const atMs = served.get(key);
      const isMine = (tenant === SMALL_TENANT) === mine;
      return isMine && atMs !== undefined && atMs >= fromMs && atMs <= untilMs;
    }).length;
  return {
    // Of a single job the share is all or nothing, whatever the order of service.
    jain: small.length < 2 ? undefined : jainIndex([sharesOf(true), sharesOf(false)]),
    smallWaitMedianMs: waits.length < small.length ? undefined : percentile(waits, 50),
    smallWaitMaxMs: waits.length < small.length ? undefined : Math.max(...waits),
  };
}

function urgentFigures(jobs: readonly PlacedJob[], accepted: readonly CountedCall[]) {
  const urgent = jobs.find((job) => job.urgent);
  if (urgent === undefined) return {};
  const since = accepted
    .filter(({ atMs }) => atMs >= urgent.placedAtMs)
    .sort((a, b) => a.atMs - b.atMs);
  const place = since.findIndex(({ key }) => key === urgent.key) + 1;
  if (place === 0) return {};
  const call = since[place - 1];
  return { urgentPlace: place, urgentWaitMs: call && call.atMs - urgent.placedAtMs };
}

/** Of a run that is ended in the middle, the writes of what still waits say nothing of a call. */
function usageFigures({ scenario, usage, calls }: RunFacts, served: number) {
  const perJob = (count: number | undefined): number | undefined =>
    count === undefined || served === 0 ? undefined : count / served;
  const perCall = (count: number | undefined): number | undefined =>
    count === undefined || scenario === 'urgent' ? undefined : count / calls.length;
  const { receives, storeWrites, limiterWrites, redisCommands, invocations, billedMs, billed } =
    usage;
  return {
    receivesMean: receives && mean(receives),
    receivesMax: receives?.reduce((most, count) => Math.max(most, count), 0),
    storeWritesPerCall: perCall(storeWrites),
    limiterWritesPerCall: perCall(limiterWrites),
    redisCommandsPerCall: perCall(redisCommands),
    invocationsPerJob: perJob(invocations),
    billedMsPerJob: perJob(billedMs),
    usdPerMillionJobs: billed && usdPerMillionJobs(billed, served),
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without what is undefined or no number. */
const defined = <T extends Readonly<Record<string, number | undefined>>>(figures: T): Defined<T> =>
  Object.fromEntries(
    Object.entries(figures).filter(([, value]) => Number.isFinite(value)),
  ) as Defined<T>;
