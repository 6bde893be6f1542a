/** What the benchmark requires of Sluice. Pure. */
import { ceilingOf } from './ceiling.ts';
import type { Figures } from './figures.ts';
import { SLUICE_ROW } from './real/real-rows.ts';
import { type ScenarioName, scenarios } from './scenarios.ts';
import type { CostPoint } from './virtual/cost-by-backlog.ts';

const SLUICE_ROWS: readonly string[] = ['sluice', SLUICE_ROW];

const STEADY_UTILIZATION_MIN = 0.98;
const OF_CEILING_MIN = 0.95;
const RECEIVES_MEAN_MAX = 2.2;
const LIMITER_WRITES_MAX = 3;
const STORE_WRITES_MAX = 6;
const COST_SPREAD_MAX = 1.05;

/** What a killed worker had written is billed, and its call may never have been made. */
const KILLED: ScenarioName = 'kill';

/** Nothing goes wrong in them, and no answer is late. */
const CALM: readonly ScenarioName[] = ['steady', 'edge', 'idle-burst', 'tenants'];

/** Its run ends after a few windows, with nearly all of a thousand jobs still waiting. */
const ENDED_EARLY: ScenarioName = 'urgent';

const whole = (share: number): string => `${Math.round(share * 100)} %`;

/** What is asked, in words: a page that says that all is met has to say what. */
export const targetsInWords = [
  'No window holds more calls than the limit, no call is one too many, no job is lost, and some are served.',
  `In virtual time besides: no job is left open (but for \`urgent\`, which ends early); a window is full and`,
  `${whole(STEADY_UTILIZATION_MIN)} of the rate are used of a steady backlog, elsewhere ${whole(OF_CEILING_MIN)} of what Sluice's own rule allows; a`,
  `message is received ${RECEIVES_MEAN_MAX} times or less on average; the limiter writes ${LIMITER_WRITES_MAX} times a call or less (but for \`${KILLED}\`), and all tables`,
  `together ${STORE_WRITES_MAX} times where nothing goes wrong (${CALM.map((name) => `\`${name}\``).join(', ')}); and a job costs the same however many wait, to ${whole(COST_SPREAD_MAX - 1)}.`,
].join('\n');

/** A sentence for each target that was missed. */
export function missedTargets(
  figures: readonly Figures[],
  cost: readonly CostPoint[],
): readonly string[] {
  const own = figuresOfSluice(figures);
  return [...own.flatMap(missedBy), ...missedByCost(cost)];
}

/** Without any there is nothing that could have missed a target. */
export const figuresOfSluice = (figures: readonly Figures[]): readonly Figures[] =>
  figures.filter(({ row }) => SLUICE_ROWS.includes(row));

/**
 * The limit is to be kept anywhere. How well it is used is asked of virtual time alone: in real time
 * the window is too short for allowances that do not shrink with it, and the machine has other work.
 */
function missedBy(figures: Figures): string[] {
  const { row, scenario, fullest, limit, violating, lost, served } = figures;
  const of = `${row}, ${scenario}`;
  const missed: string[] = [];
  if (fullest > limit) missed.push(`${of}: a window held ${fullest} calls of ${limit}`);
  if (violating > 0) missed.push(`${of}: ${violating * 100} % of the calls were one too many`);
  if (lost > 0) missed.push(`${of}: ${lost} jobs were lost`);
  if (served === 0) missed.push(`${of}: no job was served`);
  return row === 'sluice' ? [...missed, ...missedInVirtualTime(figures)] : missed;
}

function missedInVirtualTime(figures: Figures): string[] {
  const {
    scenario: name,
    windowMs,
    utilization: used,
    receivesMean,
    fullest,
    limit,
    open,
  } = figures;
  const of = `sluice, ${name}`;
  const missed: string[] = [];
  const scenario = scenarios.find((it) => it.name === name);
  const ceiling = scenario && ceilingOf(scenario, windowMs, 'virtual');
  const least = name === 'steady' ? STEADY_UTILIZATION_MIN : OF_CEILING_MIN * (ceiling ?? 0);
  if (scenario?.backlog && !(used !== undefined && used >= least)) {
    const share = used === undefined ? 'nothing' : percent(used);
    missed.push(`${of}: ${share} of the rate was used, at least ${percent(least)} is due`);
  }
  if (scenario?.backlog && fullest < limit) missed.push(`${of}: no window was full`);
  if (open > 0 && name !== ENDED_EARLY) missed.push(`${of}: ${open} jobs were left open`);
  if (name !== ENDED_EARLY && name !== KILLED)
    missed.push(...missedWrites(figures).map((text) => `${of}: ${text}`));
  if (!(receivesMean !== undefined && receivesMean <= RECEIVES_MEAN_MAX)) {
    missed.push(`${of}: a message was received ${times(receivesMean)} times on average`);
  }
  return missed;
}

function missedWrites({ scenario, limiterWritesPerCall, storeWritesPerCall }: Figures): string[] {
  const missed: string[] = [];
  if (!(limiterWritesPerCall !== undefined && limiterWritesPerCall <= LIMITER_WRITES_MAX)) {
    missed.push(`the limiter wrote ${times(limiterWritesPerCall)} times a call`);
  }
  const isCalm = CALM.includes(scenario);
  if (isCalm && !(storeWritesPerCall !== undefined && storeWritesPerCall <= STORE_WRITES_MAX)) {
    missed.push(`all tables were written ${times(storeWritesPerCall)} times a call`);
  }
  return missed;
}

const times = (count: number | undefined): string => count?.toFixed(2) ?? 'an unknown number of';

function missedByCost(cost: readonly CostPoint[]): string[] {
  const usd = cost.filter(({ row }) => row === 'sluice').map((point) => point.usdPerMillionJobs);
  if (Math.max(...usd) <= Math.min(...usd) * COST_SPREAD_MAX || usd.length === 0) return [];
  const [least, most] = [Math.min(...usd), Math.max(...usd)].map((it) => it.toFixed(2));
  return [`sluice: a million jobs cost $${least} to $${most}, depending on how many wait`];
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
