/**
 * `npm run bench:cost`: counts on the embedded stack what jobs ask of AWS, and what that costs. With
 * `--write` it writes docs/cost.md, its plot and the figures that they are from.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { FunctionFigures } from '../functions/describe-functions.ts';
import { type CostFigures, countDeployments } from './cost-figures.ts';
import { costPage, jobLines, nameOf } from './cost-page.ts';
import { costPlot } from './cost-plot.ts';
import { countJobs } from './count-jobs.ts';

const usage = `npm run bench:cost -- [options]

  --write   writes docs/cost.md, docs/cost/jobs.svg and docs/cost/figures.json
  --pages   writes the pages again from the figures that are there, such as after a change of prices
  --json    the figures as JSON
  --help    this text`;

const DOCS = new URL('../../docs/', import.meta.url);
const FIGURES = new URL('cost/figures.json', DOCS);

const { values: options } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    pages: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (options.help) console.log(usage);
else await main();

async function main(): Promise<void> {
  const figures = options.pages ? await readFigures() : await measure();
  const page = costPage(figures, countDeployments());
  console.log(options.json ? JSON.stringify(figures, undefined, 2) : page);
  if (!options.write && !options.pages) return;
  await writeFile(FIGURES, `${JSON.stringify(figures, undefined, 2)}\n`);
  await writeFile(new URL('cost.md', DOCS), page);
  const bars = figures.cases.map((it) => ({
    name: nameOf(it).replaceAll('`', ''),
    bill: jobLines(figures, it),
  }));
  await writeFile(new URL('cost/jobs.svg', DOCS), costPlot(bars));
}

async function readFigures(): Promise<CostFigures> {
  return JSON.parse(await readFile(FIGURES, 'utf8'));
}

async function measure(): Promise<CostFigures> {
  const file = new URL('benchmarks/functions.json', DOCS);
  const { workerCpu }: FunctionFigures = JSON.parse(await readFile(file, 'utf8'));
  if (workerCpu === undefined) throw new Error(`${file.pathname} knows no processor time`);
  const startedAt = new Date().toISOString();
  const counted = await countJobs(({ name, way }) => console.error(`${name}, ${way} …`));
  return { startedAt, cpuMsPerInvocation: workerCpu.cpuMsPerJob, ...counted };
}
