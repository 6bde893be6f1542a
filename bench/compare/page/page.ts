/** docs/benchmarks.md, from a run. Pure. */
import { page, table } from '../../../docs/generate/markdown.ts';
import {
  coldStartTable,
  describeRates,
  type FunctionFigures,
} from '../../functions/describe-functions.ts';
import type { BenchRun } from '../bench-run.ts';
import { ceilingOf } from '../ceiling.ts';
import { tableOf } from '../columns.ts';
import type { Figures } from '../figures.ts';
import { WINDOW_MS as REAL_WINDOW_MS } from '../real/window.ts';
import { costTable } from '../report.ts';
import { scenarios } from '../scenarios.ts';
import { targetsInWords } from '../targets.ts';
import { LARGE, ROWS_MAX, WINDOWS, WINDOWS_OF_LARGE } from '../virtual/cost-by-backlog.ts';
import { WINDOW_MS } from '../virtual/window.ts';
import { betterElsewhere, introduction, limitsOfTheRun, rowsExplained } from './page-text.ts';

/** `functions` is absent until `npm run bench:functions -- --write` has run once. */
export function pageOf(run: BenchRun, functions?: FunctionFigures): string {
  return page([
    introduction,
    aboutTheRun(run),
    summaryOf(run),
    '## Cost by backlog',
    '![USD a million jobs by how many wait](benchmarks/cost.svg)',
    costNote,
    tableOfRows(costTable(run.cost)),
    '## Calls over time',
    'At each of the first 60 calls, how many the window that ends with it holds. The dashed line is the limit.',
    '![Calls in virtual time](benchmarks/calls-virtual.svg)',
    '![Calls in real time, at the edge of a window](benchmarks/calls-real.svg)',
    '## How long a small tenant waits',
    '![Wait of a small tenant](benchmarks/wait.svg)',
    betterElsewhere,
    rowsExplained,
    limitsOfTheRun,
    '## The targets',
    targetsInWords,
    ...(functions ? [aboutFunctions(functions)] : []),
    '## All figures in virtual time',
    ...scenarioTables(run.virtual),
    '## All figures in real time',
    ...scenarioTables(run.real),
    '## Prices',
    'The table of prices, each with its source, is in [cost.md](cost.md#prices).',
  ]);
}

function aboutTheRun({ startedAt, durationS, machine, absent, missed }: BenchRun): string {
  const { cores, model, node, redis, loadBefore, loadAfterReal, loadAfter } = machine;
  const real = loadAfterReal === undefined ? '' : `, ${loadAfterReal.toFixed(1)} after real time`;
  const load = `${loadBefore.toFixed(1)} before${real} and ${loadAfter.toFixed(1)} after`;
  return [
    `This page was written by a run that began ${startedAt} and took ${durationS} s: ${cores} cores`,
    `(${model}), Node ${node}, Redis ${redis ?? 'absent'}; load ${load} (the run's own included).`,
    ...absent.map(({ row, why }) => `Absent: ${row} (${why}).`),
    missed.length === 0
      ? 'Sluice met every [target](#the-targets) of the benchmark.'
      : `[Targets](#the-targets) that Sluice missed: ${missed.join('; ')}.`,
  ].join('\n');
}

function aboutFunctions(figures: FunctionFigures): string {
  const { startedAt, loadBefore } = figures;
  return [
    '## The functions',
    `By \`npm run bench:functions\`, ${startedAt}, at a load of ${loadBefore.toFixed(1)}.`,
    tableOfRows(coldStartTable(figures)),
    describeRates(figures).join('\n'),
    intakeNote,
  ].join('\n\n');
}

const intakeNote = [
  'An import is what a cold start adds to the start of Node. The intake is the embedded stack: four',
  'processes, an emulated DynamoDB and an emulated SQS on the same cores as the callers. It says what a',
  'laptop takes, not what AWS takes.',
].join('\n');

/** The worst of each row over all scenarios, in one line. */
function summaryOf({ virtual, real }: BenchRun): string {
  const lines = (figures: readonly Figures[]): readonly (readonly string[])[] =>
    [...new Set(figures.map(({ row }) => row))].map((row) => {
      const own = figures.filter((it) => it.row === row);
      const steady = own.find(({ scenario }) => scenario === 'steady');
      const worst = (of: (it: Figures) => number): number => Math.max(0, ...own.map(of));
      return [
        row,
        String(worst(({ fullest }) => fullest)),
        `${(worst(({ violating }) => violating) * 100).toFixed(0)} %`,
        steady?.utilization === undefined ? '–' : `${(steady.utilization * 100).toFixed(1)} %`,
        `${(worst(({ lost, jobs }) => lost / jobs) * 100).toFixed(0)} %`,
        steady?.usdPerMillionJobs === undefined ? '–' : `$${steady.usdPerMillionJobs.toFixed(2)}`,
      ];
    });
  const head = [
    'row',
    'fullest window of 5, worst',
    'calls too many, worst',
    'rate used, steady',
    'jobs lost, worst',
    '$ a million jobs, 300 queued',
  ];
  return [
    '## In short',
    'In virtual time, 5 calls in 60 s:',
    tableOfRows([head, ...lines(virtual)]),
    `In real time, 5 calls in ${REAL_WINDOW_MS / 1_000} s:`,
    tableOfRows([head.slice(0, -1), ...lines(real).map((cells) => cells.slice(0, -1))]),
  ].join('\n\n');
}

const costNote = [
  `With that many queued, ${WINDOWS} windows are worked off, and what was billed is divided by the jobs`,
  `served; the patterns' backlogs from ${LARGE.toLocaleString('en-US')} on are worked off for ${WINDOWS_OF_LARGE} windows, for they receive all of`,
  'it. SQS keeps a message for 14 days, in which 5 calls a minute serve 100,800 jobs: the last column is',
  'what a job costs *while* a million wait, not a backlog that anything drains. `deferral-1000` and',
  '`retry-429` stop rising where five pollers are busy all the time. `deferral-5` is left out: it loses',
  'nearly all of a large backlog, and there is little to divide by. Of Sluice, the first',
  `${ROWS_MAX.toLocaleString('en-US')} jobs have rows; behind them wait messages without, which are never received.`,
].join('\n');

function scenarioTables(figures: readonly Figures[]): string[] {
  return scenarios.flatMap((scenario) => {
    const own = figures.filter((it) => it.scenario === scenario.name);
    const [first] = own;
    if (first === undefined) return [];
    const scale = first.windowMs === WINDOW_MS ? 'virtual' : 'real';
    const ceiling = ceilingOf(scenario, first.windowMs, scale);
    const note =
      ceiling === undefined
        ? []
        : [`Sluice's own rule allows about ${(ceiling * 100).toFixed(1)} %.`];
    return [`### ${scenario.title}, ${scale}`, ...note, tableOfRows(tableOf(own))];
  });
}

/** The first row is the head. */
const tableOfRows = ([head = [], ...body]: readonly (readonly string[])[]): string =>
  table(head, body);
