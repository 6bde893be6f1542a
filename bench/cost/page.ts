/** docs/cost.md and its plot, from the figures and the prices. Pure. */
import { page, table } from '../../docs/generate/markdown.ts';
import { addBilled, type Billed, PRICES_AS_OF, prices, usdOf } from '../compare/cost/prices.ts';
import { plotUsd } from '../compare/page/plots.ts';
import { bindingBudget } from './accounts-for.ts';
import type { Figures } from './figures.ts';
import { type JobKind, kinds } from './kinds.ts';
import { amountOf, idleMonth, jobBilled, keyUsesMax, monthOf, parts, VOLUMES } from './month.ts';
import {
  aboutWaysIn,
  assumed,
  idleNote,
  introduction,
  leftOut,
  measuredHow,
  usedNote,
} from './page-text.ts';

export const filesOf = (figures: Figures): Readonly<Record<string, string>> => ({
  'cost.md': pageOf(figures),
  'cost/month.svg': plotOf(figures),
});

const pageOf = (figures: Figures): string =>
  page([
    introduction,
    monthTable(figures),
    '![USD a month by jobs a month](cost/month.svg)',
    '## Where it goes',
    usedNote,
    partsTable(figures),
    '## What the vendors allow',
    limitsText(figures),
    '## A job, counted',
    measuredHow,
    jobTable(figures),
    '## The ways in, counted',
    aboutWaysIn,
    wayTable(figures),
    '## Idle',
    idleNote,
    idleTable(figures),
    ownKeyText(figures),
    '## What is assumed',
    assumed,
    '## What is left out',
    leftOut,
    '## Prices',
    `us-east-1, as of ${PRICES_AS_OF}, without free tiers and volume discounts. Most of AWS's own price pages fill in their figures by script, so that copies of them do not hold any; the sources are pages that repeat them, with the date where the page has one. Check them against AWS before you budget.`,
    table(
      ['what', 'USD', 'for', 'source'],
      Object.values(prices).map(({ what, usd: price, per, source }) => [
        what,
        String(price),
        whole(per),
        source,
      ]),
    ),
  ]);

const whole = (amount: number): string => Math.round(amount).toLocaleString('en-US');
const usd = (amount: number): string =>
  `$${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
const few = (amount: number): string =>
  amount === 0 ? '–' : amount.toLocaleString('en-US', { maximumFractionDigits: 2 });

const [, TEN_THOUSAND = 0, , MILLION = 0] = VOLUMES;

const accounts = (count: number): string => `${count} account${count === 1 ? '' : 's'}`;

function monthTable(figures: Figures): string {
  const rows = kinds.map(({ name, type, about }) => {
    const some = monthOf(figures, name, TEN_THOUSAND);
    const many = monthOf(figures, name, MILLION);
    return [
      `\`${type}\`: ${about}`,
      usd(usdOf(some.idle)),
      usd(usdOf(some.all)),
      `${usd(usdOf(many.all))} (${accounts(many.accounts)})`,
    ];
  });
  return table(['jobs', 'idle', '10,000 jobs a month', '1,000,000 jobs a month'], rows);
}

function partsTable(figures: Figures): string {
  const [batch] = kinds;
  const shown: readonly (readonly [head: string, billed: Billed])[] = [
    ['idle', monthOf(figures, 'batch', TEN_THOUSAND).idle],
    ['10,000 jobs', monthOf(figures, 'batch', TEN_THOUSAND).all],
    ...kinds.map(({ name }) => [`1,000,000 ${name}`, monthOf(figures, name, MILLION).all] as const),
  ];
  const costOf = (billed: Billed, part: string): number =>
    usdOf(addBilled(amountOf(billed, parts[part] ?? [])));
  return table(
    [`\`${batch?.type}\` and, last, the others`, ...shown.map(([head]) => head)],
    [
      ...Object.keys(parts).map((part) => [
        part,
        ...shown.map(([, billed]) => usd(costOf(billed, part))),
      ]),
      ['all', ...shown.map(([, billed]) => usd(usdOf(billed)))],
    ],
  );
}

function limitsText({ kinds: measured }: Figures): string {
  const rows = kinds.map(({ name, type }) => {
    const { calls } = measured[name].alone;
    const { budget, jobsPerMonth } = bindingBudget(calls);
    return [
      `\`${type}\``,
      Object.entries(calls)
        .map(([id, count]) => `${few(count)} of \`${id.split('/')[2]}\``)
        .join(', '),
      `${budget.requests} in ${budget.windowMs / 1_000} s`,
      whole(jobsPerMonth),
      String(Math.ceil(MILLION / jobsPerMonth)),
    ];
  });
  return [
    'A million jobs a month need vendor accounts whose limits allow them: five calls a minute of `POST /servers/batch` are 219,000 calls a month, whatever one pays AWS. The prices above are for as many accounts as the table says, each with its secret, its budgets and its alarms. One batch job may change up to 500 devices, so that fewer jobs do the same work.',
    table(
      [
        'job',
        'calls a job',
        'the limit that binds',
        'jobs a month at most',
        'accounts for a million',
      ],
      rows,
    ),
  ].join('\n\n');
}

const COUNTED = {
  'Lambda invocations': 'invocations',
  'GB-seconds': 'gigabyteSeconds',
  'SQS FIFO requests': 'fifoQueueRequests',
  'SQS standard requests': 'standardQueueRequests',
  'DynamoDB write units': 'writeUnits',
  'read units': 'readUnits',
  events: 'events',
  'Scheduler invocations': 'scheduledTicks',
  'API Gateway requests': 'httpRequests',
  'bytes of logs': 'logBytes',
  traces: 'traces',
  'S3 PUTs': 'objectWrites',
  'S3 GETs': 'objectReads',
  'secret reads': 'secretReads',
} as const;

/** A row for each thing that any of the columns used. */
function countsTable(columns: readonly (readonly [head: string, billed: Billed])[]): string {
  const rows = Object.entries(COUNTED)
    .filter(([, kind]) => columns.some(([, billed]) => billed[kind] > 0))
    .map(([what, kind]) => [what, ...columns.map(([, billed]) => few(billed[kind]))]);
  return table(['of one job', ...columns.map(([head]) => head)], rows);
}

const jobTable = ({ kinds: measured }: Figures): string =>
  countsTable(
    kinds.flatMap(({ name, jobs }: JobKind) => [
      [`${name}, alone`, measured[name].alone.lane] as const,
      [`in a burst of ${jobs.burst}`, measured[name].burst.lane] as const,
    ]),
  );

function wayTable({ ways, templates }: Figures): string {
  const counts = templates.accounts.batch['1'];
  if (counts === undefined) throw new RangeError('no template of one account');
  const columns = Object.entries(ways).map(
    ([way, billed]) => [way, jobBilled(billed, addBilled(), counts)] as const,
  );
  const million = columns.map(([, billed]) => usd(usdOf(billed) * 1_000_000));
  return `${countsTable(columns)}\n| USD a million jobs | ${million.join(' | ')} |`;
}

function idleTable({ templates, tick }: Figures): string {
  const rows = templates.idle.map(({ title, counts }) => {
    const { secrets, alarms, alarmMetrics, dashboards, standardMappings, fifoMappings } = counts;
    return [
      title,
      String(secrets),
      `${alarms} (${alarmMetrics})`,
      String(dashboards),
      `${standardMappings} + ${fifoMappings}`,
      String(counts.keys),
      usd(usdOf(idleMonth(counts, tick))),
    ];
  });
  return table(
    [
      'config, stage',
      'secrets',
      'alarms (their metrics)',
      'dashboards',
      'event-source mappings, standard + FIFO',
      'keys',
      'USD a month',
    ],
    rows,
  );
}

function ownKeyText({ templates }: Figures): string {
  const own = templates.idle.find(({ counts }) => counts.keys > 0);
  if (own === undefined) throw new RangeError('no template with a key of its own');
  const uses = keyUsesMax(own.counts);
  const cost = usdOf(addBilled({ keyUses: uses }));
  return `With \`-c key=own\` a busy deployment uses its key at most ${whole(uses)} times a month by AWS's own formulas (${usd(cost)}); an idle one hardly ever. That is computed, not measured. The first two yearly rotations of a key each add a dollar a month.`;
}

const plotOf = (figures: Figures): string =>
  plotUsd(
    'USD a month, idle included, by jobs a month',
    'jobs a month',
    kinds.flatMap(({ name, type }) =>
      VOLUMES.map((jobs) => ({
        row: type,
        jobs,
        usd: usdOf(monthOf(figures, name, jobs).all),
      })),
    ),
  );
