/** Writes docs/benchmarks.md, its plots and the run they are made of. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FunctionFigures } from '../../functions/describe-functions.ts';
import type { BenchRun } from '../bench-run.ts';
import type { Figures } from '../figures.ts';
import type { ScenarioName } from '../scenarios.ts';
import { pageOf } from './page.ts';
import { plotBars, plotCost, plotCourses } from './plots.ts';

const DOCS = fileURLToPath(new URL('../../../docs/', import.meta.url));

export async function writePage(run: BenchRun): Promise<void> {
  await mkdir(`${DOCS}benchmarks`, { recursive: true });
  for (const [name, content] of Object.entries(filesOf(run, await findFunctionFigures()))) {
    await writeFile(`${DOCS}${name}`, content);
  }
}

/** What `npm run bench:functions -- --write` kept last. */
export async function findFunctionFigures(): Promise<FunctionFigures | undefined> {
  try {
    const text = await readFile(`${DOCS}benchmarks/functions.json`, 'utf8');
    return JSON.parse(text) as FunctionFigures;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const PLOTTED = { virtual: 'jitter-5', real: 'edge' } as const;

/** The instants of single calls are kept where a plot shows them. */
function withPlottedCourses(run: BenchRun): BenchRun {
  const keep = (figures: readonly Figures[], plotted: ScenarioName): readonly Figures[] =>
    figures.map((it) => (it.scenario === plotted ? it : { ...it, course: [] }));
  return {
    ...run,
    virtual: keep(run.virtual, PLOTTED.virtual),
    real: keep(run.real, PLOTTED.real),
  };
}

export function filesOf(
  run: BenchRun,
  functions?: FunctionFigures,
): Readonly<Record<string, string>> {
  const of = (figures: readonly Figures[], name: ScenarioName): readonly Figures[] =>
    figures.filter(({ scenario }) => scenario === name);
  const waits = of(run.virtual, 'tenants').map(({ row, smallWaitMaxMs }) => ({
    name: row,
    value: smallWaitMaxMs === undefined ? undefined : smallWaitMaxMs / 1_000,
  }));
  const realTitle = 'Real time, 2 s: 1 call, 4 just before the edge, 5 just after';
  return {
    'benchmarks.md': pageOf(run, functions),
    'benchmarks/run.json': `${JSON.stringify(withPlottedCourses(run))}\n`,
    'benchmarks/cost.svg': plotCost(run.cost),
    'benchmarks/calls-virtual.svg': plotCourses(
      'Virtual time, 60 s: a steady backlog, jitter of 5 %',
      of(run.virtual, PLOTTED.virtual),
    ),
    'benchmarks/calls-real.svg': plotCourses(realTitle, of(run.real, PLOTTED.real)),
    'benchmarks/wait.svg': plotBars(
      'Longest wait of a small tenant, two tenants 100:1',
      's',
      waits,
    ),
  };
}
