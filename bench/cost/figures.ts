/** All that was counted, as data: the page and the plot are made of it and of the prices alone. */

import type { StageName } from '../../infra/stages.ts';
import { parseConfig, type SluiceConfig } from '../../shared/config/sluice-config.ts';
import type { WayIn } from '../../shared/jobs/job.ts';
import sluiceConfig from '../../sluice.config.ts';
import { accountOf } from '../../test/support/sample-accounts.ts';
import { ACCOUNT } from '../../test/support/scenario/scenario-vendor.ts';
import type { Billed } from '../compare/cost/prices.ts';
import { accountsFor } from './accounts-for.ts';
import { type Arrival, getKind, type JobKind, type KindName, kinds } from './kinds.ts';
import { type Measured, measure, measureTick } from './measure.ts';
import { VOLUMES } from './month.ts';
import { countTemplate, type TemplateCounts } from './template-counts.ts';
import { waysIn } from './ways-in.ts';

export interface Figures {
  readonly kinds: Readonly<Record<KindName, Readonly<Record<Arrival, Measured>>>>;
  /** Of a job that comes in alone. */
  readonly ways: Readonly<Record<WayIn, Billed>>;
  /** A round of the reconciler that finds nothing to do. */
  readonly tick: Billed;
  readonly templates: TemplatesOf;
}

export interface TemplatesOf {
  readonly idle: readonly { readonly title: string; readonly counts: TemplateCounts }[];
  /** Kind → number of accounts of its vendor → the stack for them, in the stage prod. */
  readonly accounts: Readonly<Record<KindName, Readonly<Record<string, TemplateCounts>>>>;
}

export async function measureFigures(): Promise<Figures> {
  const measured = {} as Record<KindName, Record<Arrival, Measured>>;
  for (const kind of kinds) {
    const alone = await measure(kind, 'http', 'alone');
    measured[kind.name] = { alone, burst: await measure(kind, 'http', 'burst') };
  }
  const ways = {} as Record<WayIn, Billed>;
  for (const way of waysIn) ways[way] = (await measure(getKind('batch'), way, 'alone')).way;
  return {
    kinds: rounded(measured),
    ways: rounded(ways),
    tick: rounded(await measureTick()),
    templates: countTemplates(measured),
  };
}

/** Twelve digits: what a sum's order changes is beyond them. */
export const rounded = <T>(value: T): T =>
  JSON.parse(
    JSON.stringify(value, (_key, it: unknown) =>
      typeof it === 'number' ? Number(it.toPrecision(12)) : it,
    ),
  ) as T;

const bare = parseConfig({ accounts: { [ACCOUNT]: accountOf('automox') } });
const example = parseConfig(sluiceConfig);
const threeVendors = parseConfig({
  accounts: {
    acme: accountOf('automox'),
    contoso: accountOf('opsramp'),
    globex: accountOf('amp'),
  },
});

interface IdleStack {
  readonly title: string;
  readonly config: SluiceConfig;
  readonly stage: StageName;
  readonly ownKey?: boolean;
}

export const idleStacks: readonly IdleStack[] = [
  { title: 'one Automox account, prod', config: bare, stage: 'prod' },
  { title: 'one Automox account, dev', config: bare, stage: 'dev' },
  { title: '`sluice.config.ts`, prod', config: example, stage: 'prod' },
  { title: '`sluice.config.ts`, dev', config: example, stage: 'dev' },
  { title: '`sluice.config.ts`, prod, `-c key=own`', config: example, stage: 'prod', ownKey: true },
  { title: 'an account of each vendor, prod', config: threeVendors, stage: 'prod' },
];

export const countIdle = ({ title, config, stage, ownKey = false }: IdleStack) => ({
  title,
  counts: countTemplate(config, stage, ownKey),
});

const countTemplates = (
  measured: Readonly<Record<KindName, Readonly<Record<Arrival, Measured>>>>,
): TemplatesOf => ({
  idle: idleStacks.map(countIdle),
  accounts: {
    batch: forKind(getKind('batch'), measured.batch.alone),
    query: forKind(getKind('query'), measured.query.alone),
    isolation: forKind(getKind('isolation'), measured.isolation.alone),
  },
});

/** With as many accounts as the volumes of the page need. */
function forKind(kind: JobKind, { calls }: Measured): Readonly<Record<string, TemplateCounts>> {
  const { account } = kind.vendorFor(1).vendor;
  const counts = new Set(VOLUMES.map((jobs) => accountsFor(jobs, calls)));
  const configOf = (accounts: number): SluiceConfig =>
    parseConfig({
      accounts: Object.fromEntries(
        Array.from({ length: accounts }, (_, index) => [`account-${index + 1}`, account]),
      ),
    });
  return Object.fromEntries(
    [...counts].map((accounts) => [String(accounts), countTemplate(configOf(accounts), 'prod')]),
  );
}
