/** The columns of the comparison, for the terminal and for the page. Pure. */
import type { Figures } from './figures.ts';
import { figuresOfSluice } from './targets.ts';

interface Column {
  readonly head: string;
  readonly of: (figures: Figures) => number | undefined;
  readonly show: (value: number) => string;
  /** Whether to say how many times Sluice's figure this is. */
  readonly ratio?: true;
}

const whole = (value: number): string => String(Math.round(value));
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const some = (value: number): string => (value >= 100 ? whole(value) : value.toFixed(2));
const usd = (value: number): string => `$${value >= 100 ? whole(value) : value.toFixed(2)}`;

const columns: readonly Column[] = [
  { head: 'fullest window', of: (it) => it.fullest, show: whole },
  { head: 'calls too many', of: (it) => it.violating, show: percent },
  { head: 'too early by', of: (it) => it.earliestByWindows, show: percent },
  { head: 'kills', of: (it) => (it.scenario === 'kill' ? it.kills : undefined), show: whole },
  { head: 'rate used', of: (it) => it.utilization, show: percent, ratio: true },
  { head: '429s', of: (it) => it.throttled, show: whole },
  { head: 'jobs lost', of: (it) => it.lost, show: whole },
  { head: 'open at the end', of: (it) => it.open, show: whole },
  { head: 'written twice', of: (it) => it.duplicates, show: whole },
  { head: 'Jain', of: (it) => it.jain, show: some },
  { head: 'small tenant waits', of: (it) => it.smallWaitMedianMs, show: seconds, ratio: true },
  { head: 'at most', of: (it) => it.smallWaitMaxMs, show: seconds, ratio: true },
  // One job: where in a row's own window it happens to come decides, so that no ratio is given.
  { head: 'urgent waits', of: (it) => it.urgentWaitMs, show: seconds },
  { head: 'as call', of: (it) => it.urgentPlace, show: whole },
  { head: 'receives', of: (it) => it.receivesMean, show: some, ratio: true },
  { head: 'most', of: (it) => it.receivesMax, show: whole },
  { head: 'store writes a call', of: (it) => it.storeWritesPerCall, show: some, ratio: true },
  { head: "the limiter's", of: (it) => it.limiterWritesPerCall, show: some },
  { head: 'Redis commands a call', of: (it) => it.redisCommandsPerCall, show: some },
  { head: 'invocations a job', of: (it) => it.invocationsPerJob, show: some, ratio: true },
  { head: 'billed ms a job', of: (it) => it.billedMsPerJob, show: whole, ratio: true },
  { head: '$ a million jobs', of: (it) => it.usdPerMillionJobs, show: usd, ratio: true },
];

/** A head and a row of cells for each of `figures`; columns that say nothing of any are left out. */
export function tableOf(figures: readonly Figures[]): readonly (readonly string[])[] {
  const [own] = figuresOfSluice(figures);
  const telling = columns.filter(({ of }) => figures.some((it) => of(it) !== undefined));
  return [
    ['row', ...telling.map(({ head }) => head)],
    ...figures.map((it) => [it.row, ...telling.map((column) => cellOf(column, it, own))]),
  ];
}

function cellOf(column: Column, figures: Figures, own: Figures | undefined): string {
  const value = column.of(figures);
  if (value === undefined) return '–';
  const reference = own && own !== figures && column.ratio ? column.of(own) : undefined;
  return reference ? `${column.show(value)} (${times(value / reference)})` : column.show(value);
}

const times = (ratio: number): string =>
  `${ratio >= 10 ? Math.round(ratio) : Number(ratio.toPrecision(2))}×`;
