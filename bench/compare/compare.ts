/**
 * `npm run bench`: Sluice beside what is used instead, on the same work in the same run, by the count
 * of the vendor. Exit code 1 where Sluice misses a target.
 */
import { cpus, loadavg } from 'node:os';
import type { BenchRun } from './bench-run.ts';
import {
  type CompareOptions,
  compareUsage,
  parseCompareOptions,
  realRowNames,
  virtualRowNames,
} from './compare-options.ts';
import { ensurePeers } from './ensure-peers.ts';
import { type Figures, figuresOf } from './figures.ts';
import { writePage } from './page/write-page.ts';
import { peerRows } from './real/real-rows.ts';
import { findRedisVersion } from './real/redis.ts';
import { runReal } from './real/run-real.ts';
import { describeRun } from './report.ts';
import { scenarios } from './scenarios.ts';
import { missedTargets } from './targets.ts';
import { type CostPoint, costOfPattern, costOfSluice } from './virtual/cost-by-backlog.ts';
import { patterns } from './virtual/patterns.ts';
import { runPattern } from './virtual/run-pattern.ts';
import { runSluice } from './virtual/sluice.ts';

const BACKLOGS = [100, 1_000, 10_000, 100_000, 1_000_000];
const BACKLOG_OF_QUICK = 10_000;

/** Loses nearly all of a large backlog, so that there is little to divide a cost by. */
const WITHOUT_COST = 'deferral-5';

async function main(): Promise<void> {
  const options = parseCompareOptions(process.argv.slice(2));
  if (options.help) {
    console.log(compareUsage);
    return;
  }
  const run = await compare(options);
  if (options.write) await writePage(run);
  console.log(options.json ? JSON.stringify(run, undefined, 2) : describeRun(run));
  process.exitCode = run.missed.length === 0 ? 0 : 1;
}

async function compare(options: CompareOptions): Promise<BenchRun> {
  const startedAtMs = Date.now();
  const [loadBefore = 0] = loadavg();
  const { rows, absent } = availableRows(options.rows);
  const real: Figures[] = [];
  await runReal(rows, options.scenarios, (facts) => {
    console.error(`real time: ${facts.row}, ${facts.scenario}`);
    real.push(figuresOf(facts));
  });
  const [loadAfterReal = 0] = loadavg();
  const virtual = await runVirtual(rows, options);
  const cost = await costByBacklog(rows, options);
  const redis = findRedisVersion();
  const [loadAfter = 0] = loadavg();
  return {
    startedAt: new Date(startedAtMs).toISOString(),
    durationS: Math.round((Date.now() - startedAtMs) / 1_000),
    machine: {
      cores: cpus().length,
      model: cpus()[0]?.model ?? 'unknown',
      node: process.version,
      ...(redis === undefined ? {} : { redis }),
      loadBefore,
      loadAfterReal,
      loadAfter,
    },
    virtual: inOrder(virtual, virtualRowNames),
    real: inOrder(real, realRowNames),
    cost,
    absent,
    missed: missedTargets([...virtual, ...real], cost),
  };
}

function availableRows(wanted: readonly string[]): Pick<BenchRun, 'absent'> & { rows: string[] } {
  const peers = peerRows.filter(({ row }) => wanted.includes(row));
  const unfit = peers.length === 0 ? undefined : ensurePeers();
  const redis = findRedisVersion();
  const absent = peers.flatMap(({ row, usesRedis }) => {
    if (unfit !== undefined) return [{ row, why: unfit }];
    return usesRedis && redis === undefined ? [{ row, why: 'redis-server is not installed' }] : [];
  });
  return { absent, rows: wanted.filter((row) => !absent.some((it) => it.row === row)) };
}

async function runVirtual(
  rows: readonly string[],
  options: CompareOptions,
): Promise<readonly Figures[]> {
  const figures: Figures[] = [];
  for (const scenario of scenarios.filter(({ name }) => options.scenarios.includes(name))) {
    if (rows.includes('sluice')) figures.push(figuresOf(await runSluice(scenario)));
    for (const pattern of patterns.filter(({ row }) => rows.includes(row))) {
      if (scenario.storeDown && !pattern.usesStore) continue;
      figures.push(figuresOf(await runPattern(pattern, scenario)));
    }
    console.error(`virtual time: ${scenario.name}`);
  }
  return figures;
}

async function costByBacklog(
  rows: readonly string[],
  { quick, scenarios: names }: CompareOptions,
): Promise<readonly CostPoint[]> {
  if (!names.includes('steady')) return [];
  const points: CostPoint[] = [];
  const priced = patterns.filter(({ row }) => rows.includes(row) && row !== WITHOUT_COST);
  for (const waiting of BACKLOGS.filter((size) => !quick || size <= BACKLOG_OF_QUICK)) {
    if (rows.includes('sluice')) points.push(await costOfSluice(waiting));
    for (const pattern of priced) points.push(await costOfPattern(pattern, waiting));
    console.error(`cost: ${waiting} queued`);
  }
  return points;
}

const inOrder = (figures: readonly Figures[], rows: readonly string[]): readonly Figures[] =>
  [...figures].sort((a, b) => rows.indexOf(a.row) - rows.indexOf(b.row));

await main();
