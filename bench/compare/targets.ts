/** What the benchmark requires of Sluice. Pure. */
import { ceilingOf } from './ceiling.ts';
import type { Figures } from './figures.ts';
import { SLUICE_ROW } from './real/real-rows.ts';
import { scenarios } from './scenarios.ts';
import type { CostPoint } from './virtual/cost-by-backlog.ts';

export const SLUICE_ROWS: readonly string[] = ['sluice', SLUICE_ROW];

const STEADY_UTILIZATION_MIN = 0.98;
const OF_CEILING_MIN = 0.95;
const RECEIVES_MEAN_MAX = 2.2;
const COST_SPREAD_MAX = 1.05;

/** A sentence for each target that was missed. */
export function missedTargets(
  figures: readonly Figures[],
  cost: readonly CostPoint[],
): readonly string[] {
  const own = figures.filter(({ row }) => SLUICE_ROWS.includes(row));
  return [...own.flatMap(missedBy), ...missedByCost(cost)];
}

/**
 * The limit is to be kept anywhere. How well it is used is asked of virtual time alone: in real time
 * the window is too short for allowances that do not shrink with it, and the machine has other work.
 */
function missedBy(figures: Figures): string[] {
  const { row, scenario, fullest, limit, violating, lost } = figures;
  const of = `${row}, ${scenario}`;
  const missed: string[] = [];
  if (fullest > limit) missed.push(`${of}: a window held ${fullest} calls of ${limit}`);
  if (violating > 0) missed.push(`${of}: ${violating * 100} % of the calls were one too many`);
  if (lost > 0) missed.push(`${of}: ${lost} jobs were lost`);
  return row === 'sluice' ? [...missed, ...missedInVirtualTime(figures)] : missed;
}

function missedInVirtualTime(figures: Figures): string[] {
  const { scenario: name, windowMs, utilization: used, receivesMean = 0, fullest, limit } = figures;
  const of = `sluice, ${name}`;
  const missed: string[] = [];
  const scenario = scenarios.find((it) => it.name === name);
  const ceiling = scenario && ceilingOf(scenario, windowMs, 'virtual');
  const least = name === 'steady' ? STEADY_UTILIZATION_MIN : OF_CEILING_MIN * (ceiling ?? 0);
  if (used !== undefined && used < least) {
    missed.push(
      `${of}: ${percent(used)} of the rate were used, at least ${percent(least)} are due`,
    );
  }
  if (scenario?.backlog && fullest < limit) missed.push(`${of}: no window was full`);
  if (receivesMean > RECEIVES_MEAN_MAX) {
    missed.push(`${of}: a message was received ${receivesMean.toFixed(2)} times on average`);
  }
  return missed;
}

function missedByCost(cost: readonly CostPoint[]): string[] {
  const usd = cost.filter(({ row }) => row === 'sluice').map((point) => point.usdPerMillionJobs);
  if (Math.max(...usd) <= Math.min(...usd) * COST_SPREAD_MAX || usd.length === 0) return [];
  const [least, most] = [Math.min(...usd), Math.max(...usd)].map((it) => it.toFixed(2));
  return [`sluice: a million jobs cost $${least} to $${most}, depending on how many wait`];
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
