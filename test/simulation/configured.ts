/** The limits that the config of the simulated deployment sets, and when. */
import type { BudgetOverride } from '../../shared/config/sluice-config.ts';
import { seconds } from '../../shared/kernel/duration.ts';
import { budgetId } from '../../shared/limiter/budget.ts';
import type { Limits } from './oracle.ts';
import type { Fault, Plan } from './plan.ts';
import { factsOfPlan } from './vendors/all-vendors.ts';

export const ACCOUNT = 'acme';

type Deploy = Extract<Fault, { kind: 'deploy' }>;

const deploysOf = ({ faults }: Plan): readonly Deploy[] =>
  faults
    .filter((fault): fault is Deploy => fault.kind === 'deploy')
    .toSorted((a, b) => a.atMs - b.atMs);

/** The config of the version that is deployed at that instant. */
export function overridesAt(plan: Plan, elapsedMs: number): Record<string, BudgetOverride> {
  const { account, limits, configured } = factsOfPlan(plan);
  const lowered = deploysOf(plan).findLast(({ atMs }) => atMs <= elapsedMs)?.lowered;
  const rows = Object.entries(limits).flatMap(([name, { requests, windowMs }]) => {
    const isLowered = lowered?.budget === name;
    if (!isLowered && !configured.includes(name)) return [];
    const allowed = isLowered ? lowered.requests : requests;
    const override = { requests: allowed, windowSeconds: windowMs / 1_000 };
    return [[budgetId(account.provider, ACCOUNT, name), override] as const];
  });
  return Object.fromEntries(rows);
}

/** An invocation of the version before goes on, and what it sent is still on its way. */
const OVERLAP_MS = seconds(60);

/** The most that a version allowed which was at work between `fromMs` and now. */
export const configuredSince =
  (plan: Plan, nowMs: () => number) =>
  (budget: string, fromMs: number): Limits => {
    const limit = factsOfPlan(plan).limits[budget];
    if (limit === undefined) throw new RangeError(`${budget} has no limit`);
    const deploys = deploysOf(plan);
    const versions = [undefined, ...deploys].filter((_, version) => {
      const endsAtMs = (deploys[version]?.atMs ?? Number.POSITIVE_INFINITY) + OVERLAP_MS;
      return (deploys[version - 1]?.atMs ?? 0) <= nowMs() && endsAtMs >= fromMs;
    });
    const allowed = versions.map((deploy) =>
      deploy?.lowered?.budget === budget ? deploy.lowered.requests : limit.requests,
    );
    return { ...limit, requests: Math.max(...allowed) };
  };
