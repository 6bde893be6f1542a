/** docs/cost.md, from figures. Pure. */

import { sum } from '../../shared/kernel/sum.ts';
import { monthlyPrices, PRICES_AS_OF, prices, type Standing } from '../compare/cost/prices.ts';
import { markdownTable } from '../page/markdown.ts';
import { type BillLine, billIdle, billJobs, linesOf, plus, totalOf } from './bill.ts';
import { assumedOf, type CostFigures, clockworkOf, type Deployments } from './cost-figures.ts';
import type { CaseCounts } from './count-jobs.ts';
import type { Deployed } from './standing.ts';

const MILLION = 1_000_000;

export function costPage(figures: CostFigures, deployments: Deployments): string {
  const assumed = assumedOf(figures);
  return `${[
    introduction,
    '## A month',
    'Jobs are `automox.servers.batch` by `POST /jobs`, each of which finds room in its limit.',
    monthTable(figures, deployments),
    aboutMonths(deployments),
    '## A job',
    'USD for a million jobs, by what they ask of AWS.',
    jobTable(figures),
    '![USD a million jobs, by service](cost/jobs.svg)',
    aboutIndexes(figures),
    aboutJobs,
    '## What was counted',
    `On the embedded stack, ${figures.startedAt}: real functions and real HTTP, ${figures.cases[0]?.jobs} jobs of each kind, none of which waits.`,
    countTable(figures),
    aboutCounts,
    '## What is assumed',
    markdownTable([
      ['what', 'value', 'why'],
      ['a call of AWS', `${assumed.awsCallMs} ms`, 'as in the benchmark; not measured on AWS'],
      ['an answer of a vendor', `${assumed.vendorCallMs} ms`, 'not measured: no vendor was called'],
      [
        'processor time of an invocation',
        `${assumed.cpuMsPerInvocation} ms`,
        '`npm run bench:functions`, on a laptop-like machine',
      ],
      [
        'traces',
        'one an invocation',
        'X-Ray takes the first of a second and 5 % of the rest: the most',
      ],
      ['polls of an idle queue', '5 at a time, 20 s each', 'as far as it is documented'],
    ]),
    '## Prices',
    `us-east-1, as of ${PRICES_AS_OF}, without free tiers and volume discounts. Check those marked "from memory".`,
    markdownTable([
      ['what', 'USD a million', 'source'],
      ...Object.values(prices).map((it) => [it.what, usdText(it.usdPerMillion), it.source]),
    ]),
    markdownTable([
      ['what', 'USD a month', 'source'],
      ...Object.values(monthlyPrices).map((it) => [it.what, usdText(it.usd), it.source]),
    ]),
  ].join('\n\n')}\n`;
}

const introduction = `# Costs

What a deployment costs on AWS: counted calls times a dated price list. Written by \`npm run bench:cost -- --write\`. No bill
of AWS was seen: Sluice has [not run there](deploy.md#not-run-on-aws).`;

/** `metrics`: how many are written to in the month. */
const standingOf = ({ standing }: Deployed, metrics: number): Standing => ({
  ...standing,
  metrics,
});

function monthTable(figures: CostFigures, { dev, prod, five, metrics }: Deployments): string {
  const assumed = assumedOf(figures);
  const [batch] = figures.cases;
  if (batch === undefined) throw new RangeError('nothing was counted');
  const month = (deployed: Deployed, jobs: number, written: number): readonly BillLine[] =>
    linesOf(
      plus(billIdle(clockworkOf(figures, deployed), assumed), billJobs(batch, jobs, assumed)),
      standingOf(deployed, written),
    );
  // The age of the secrets is all that is told of an idle deployment.
  const columns = [
    { head: 'idle, dev', bill: month(dev, 0, 1) },
    { head: 'idle, prod', bill: month(prod, 0, 1) },
    { head: '10,000 jobs, prod', bill: month(prod, 10_000, metrics.one) },
    { head: '1,000,000 jobs, prod, five accounts', bill: month(five, MILLION, metrics.five) },
  ];
  return billTable(columns);
}

const aboutMonths = ({ prod, ownKey, metrics, five }: Deployments): string =>
  [
    `One account has at most 5 batch calls a minute, 216,000 in 30 days: a million jobs a month take five accounts, or`,
    `fewer jobs: each takes 500 devices. prod has ${prod.standing.alarms} alarms, ${prod.standing.secrets} secrets and at most ${metrics.one} metrics, with five accounts`,
    `${five.standing.secrets} secrets and ${metrics.five} metrics; dev has no alarms. A key of your own (\`-c key=own\`) adds`,
    `${ownKey.standing.keys} key, and $0.03 for each 10,000 of its uses, which are not counted here.`,
    'Storage is not counted either: a row is about 1.5 KB and stays for 90 days after its deadline ($0.25 a GB and month,',
    'and $0.20 more with point-in-time recovery), logs for 90 days ($0.03 a GB and month).',
  ].join('\n');

function jobTable(figures: CostFigures): string {
  return billTable(figures.cases.map((it) => ({ head: nameOf(it), bill: jobLines(figures, it) })));
}

export const jobLines = (figures: CostFigures, it: CaseCounts): readonly BillLine[] =>
  linesOf(billJobs(it, MILLION, assumedOf(figures)));

export const nameOf = ({ name, way }: CaseCounts): string =>
  `${name}, ${way === 'http' ? '`POST /jobs`' : 'intake queue'}`;

function aboutIndexes({ cases }: CostFigures): string {
  const all = sum(cases.map(({ counts }) => counts.writeUnits));
  const share = sum(cases.map(({ counts }) => counts.indexUnits)) / all;
  return `Of the write units ${Math.round(share * 100)} % are of the indexes by which jobs are listed: each write of a row changes them.`;
}

const aboutJobs = `A job that waits in line costs more Lambda and SQS, and no more once it waits: behind 100 jobs or a million, its
message is received about 1.2 times ([benchmarks.md](benchmarks.md#cost-by-backlog)). Polling a job with
\`GET /jobs/{id}\` costs as much as an API call does; take the outcome event instead.

Tracing is X-Ray's price where requests are rarer than one a second, since then all are traced.`;

function countTable({ cases, reconcile }: CostFigures): string {
  const perJob = (amount: number, jobs: number): string => (amount / jobs).toFixed(1);
  const row = (name: string, jobs: number, vendorCalls: number, it: CaseCounts['counts']) => [
    name,
    ...[
      it.invocations,
      vendorCalls,
      it.awsCalls,
      it.writeUnits,
      it.readUnits,
      it.fifoQueueRequests + it.standardQueueRequests,
      it.events,
      it.objectWrites + it.objectReads,
    ].map((amount) => perJob(amount, jobs)),
    `${(it.logBytes / jobs / 1_024).toFixed(1)} KB`,
  ];
  return markdownTable([
    [
      'each',
      'invocations',
      'vendor calls',
      'AWS calls',
      'write units',
      'read units',
      'SQS requests',
      'events',
      'S3 requests',
      'logs',
    ],
    ...cases.map((it) => row(nameOf(it), it.jobs, it.vendorCalls, it.counts)),
    row('a round of the reconciler', 1, 0, reconcile),
  ]);
}

const aboutCounts = `A write unit is 1 KB of an item, and of each index entry that the write changes; a read unit 4 KB. Secrets
are read every five minutes by each running process, and are not a job's. Logs include the 330 bytes that Lambda writes
of each invocation.`;

function billTable(
  columns: readonly { readonly head: string; readonly bill: readonly BillLine[] }[],
): string {
  const names = columns[0]?.bill.map(({ line }) => line) ?? [];
  const rows = names.map((name) => [
    name,
    ...columns.map(({ bill }) => usd(bill.find(({ line }) => line === name)?.usd ?? 0)),
  ]);
  return markdownTable([
    ['', ...columns.map(({ head }) => head)],
    ...rows.filter(([, ...cells]) => cells.some((cell) => cell !== '–')),
    ['**in all**', ...columns.map(({ bill }) => `**${usd(totalOf(bill))}**`)],
  ]);
}

const usd = (amount: number): string => (amount < 0.005 ? '–' : `$${amount.toFixed(2)}`);

const usdText = (amount: number): string => String(Number(amount.toPrecision(6)));
