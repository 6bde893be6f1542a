/** A run for the terminal. Pure. */
import { alignColumns } from '../../cli/table.ts';
import type { BenchRun } from './bench-run.ts';
import { tableOf } from './columns.ts';
import type { Figures } from './figures.ts';
import { scenarios } from './scenarios.ts';
import { figuresOfSluice } from './targets.ts';
import type { CostPoint } from './virtual/cost-by-backlog.ts';

export function describeRun(run: BenchRun): string {
  const { missed, absent, cost } = run;
  return [
    ...describeFigures('In virtual time, 5 calls in 60 s', run.virtual),
    ...describeFigures('In real time, 5 calls in 2 s', run.real),
    ...(cost.length === 0 ? [] : ['', 'USD a million jobs, by how many wait', '']),
    ...alignColumns(costTable(cost), '  '),
    ...absent.map(({ row, why }) => `absent: ${row}: ${why}`),
    '',
    ...missed.map((text) => `MISSED  ${text}`),
    ...(missed.length === 0 ? [verdictOf(run)] : []),
  ].join('\n');
}

/** A run without a row of Sluice's can miss none of its targets, and meets none either. */
const verdictOf = ({ virtual, real }: BenchRun): string =>
  figuresOfSluice([...virtual, ...real]).length === 0
    ? 'Sluice was not in this run'
    : 'ok      Sluice met every target of what was run';

function describeFigures(heading: string, figures: readonly Figures[]): readonly string[] {
  if (figures.length === 0) return [];
  const tables = scenarios.flatMap(({ name, title }) => {
    const own = figures.filter(({ scenario }) => scenario === name);
    return own.length === 0 ? [] : ['', `${name}: ${title}`, ...alignColumns(tableOf(own), '  ')];
  });
  return ['', heading, ...tables];
}

/** A row for each row, a column for each backlog. */
export function costTable(points: readonly CostPoint[]): readonly (readonly string[])[] {
  const sizes = [...new Set(points.map(({ waiting }) => waiting))].sort((a, b) => a - b);
  const rows = [...new Set(points.map(({ row }) => row))];
  const usdOf = (row: string, waiting: number): string => {
    const point = points.find((it) => it.row === row && it.waiting === waiting);
    return point === undefined ? '–' : `$${point.usdPerMillionJobs.toFixed(2)}`;
  };
  if (points.length === 0) return [];
  return [
    ['row', ...sizes.map((size) => size.toLocaleString('en-US'))],
    ...rows.map((row) => [row, ...sizes.map((size) => usdOf(row, size))]),
  ];
}
