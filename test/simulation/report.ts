/** What a person needs to see of a broken promise: the seed, the shortest plan, what happened in it. */
import { invariants } from './oracle.ts';
import type { Plan } from './plan.ts';
import { type History, runPlan } from './run-plan.ts';
import { describeViolation, shrink } from './shrink.ts';

export async function explain(broken: History): Promise<string> {
  const { plan } = await shrink(broken);
  const shortest = await runPlan(plan, true);
  return [
    describeViolation(broken, invariants),
    '',
    `the shortest history that still breaks it (of ${broken.plan.work.length} jobs and ${broken.plan.faults.length} faults):`,
    describePlan(plan),
    '',
    ...endsOf(shortest.trace.filter((line) => !line.includes(' reconcile-'))),
    '',
    describeViolation(shortest, invariants),
    `again: npm run simulate -- --seed ${plan.seed}`,
  ].join('\n');
}

const LINES_MAX = 200;

/** How it began and how it ended; a job that goes round for hours says the same a thousand times. */
function endsOf(lines: readonly string[]): readonly string[] {
  const left = lines.length - LINES_MAX;
  if (left <= 0) return lines;
  const half = LINES_MAX / 2;
  return [...lines.slice(0, half), `  ... ${left} lines more ...`, ...lines.slice(-half)];
}

export function describePlan({ vendor, skewsMs, work, faults }: Plan): string {
  const { name: vendorName, counting, countsAt, retryAfter } = vendor;
  return [
    `  vendor  ${vendorName}, ${counting} windows, counted at ${countsAt}, retry-after ${retryAfter}`,
    `  clocks  off by ${skewsMs.map((ms) => `${ms} ms`).join(', ')}`,
    ...work.map(({ name, kind, tenant, atMs, ...rest }) => {
      const more = Object.entries(rest).filter(([, value]) => value !== false);
      const words = more.map(([key, value]) => `${key} ${String(value)}`).join(', ');
      return `  job     ${kind} ${name} of ${tenant} at ${(atMs / 1_000).toFixed(3)} s (${words})`;
    }),
    ...faults.map((fault) => `  fault   ${JSON.stringify(fault)}`),
  ].join('\n');
}
