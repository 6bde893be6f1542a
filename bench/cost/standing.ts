/** What a deployment has standing, counted from its template; and what it does while nobody asks for anything. */
import { reconcileTicks } from '../../functions/reconcile/contract.ts';
import { metrics } from '../../shared/config/metrics.ts';
import { DEFAULT_PREFIX } from '../../shared/config/prefix.ts';
import type { SluiceConfig } from '../../shared/config/sluice-config.ts';
import type { WayIn } from '../../shared/jobs/job.ts';
import { outcomes } from '../../shared/jobs/states.ts';
import { days, seconds } from '../../shared/kernel/duration.ts';
import { sum } from '../../shared/kernel/sum.ts';
import { listBudgets } from '../../shared/providers/list-budgets.ts';
import type { Standing } from '../compare/cost/prices.ts';
import { type SynthesizeOptions, synthesize } from '../synthesize.ts';

export interface Deployed {
  readonly standing: Omit<Standing, 'metrics'>;
  readonly mappings: number;
}

export function countDeployed(config: SluiceConfig, options: SynthesizeOptions): Deployed {
  const template = synthesize(config, options) as Template;
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  const count = (type: string): number => types.filter((it) => it === type).length;
  return {
    standing: {
      secrets: count('AWS::SecretsManager::Secret'),
      alarms: count('AWS::CloudWatch::Alarm') + count('AWS::CloudWatch::CompositeAlarm'),
      dashboards: count('AWS::CloudWatch::Dashboard'),
      keys: count('AWS::KMS::Key'),
    },
    mappings: count('AWS::Lambda::EventSourceMapping'),
  };
}

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

const waysIn: Readonly<Record<WayIn, true>> = {
  http: true,
  queue: true,
  webhook: true,
  event: true,
  schedule: true,
};

/** How many metrics a deployment can write to: one for each name and each value of its dimensions. */
export function countMetrics(config: SluiceConfig): number {
  const values: Readonly<Record<string, number>> = {
    Budget: listBudgets(config).length,
    Provider: new Set(Object.values(config.accounts).map(({ provider }) => provider)).size,
    Outcome: outcomes.length,
    Way: Object.keys(waysIn).length,
    Source: Object.keys(config.webhooks).length,
  };
  return sum(
    Object.values(metrics).map(({ dimensions }) =>
      dimensions.reduce((product, name) => product * (values[name] ?? 1), 1),
    ),
  );
}

const MONTH_MS = days(30);

/**
 * An event-source mapping polls with five long polls at a time, each of 20 s where nothing comes.
 * Source: AWS Lambda Developer Guide, scaling of SQS event sources (five), and 20 s, the longest poll of
 * SQS. How AWS polls an idle FIFO queue is not documented further.
 */
const POLLERS = 5;
const POLL_MS = seconds(20);

export const pollsAMonth = (mappings: number): number => (mappings * POLLERS * MONTH_MS) / POLL_MS;

export const ticksAMonth: number = sum(
  reconcileTicks(DEFAULT_PREFIX).map(({ everyMs }) => MONTH_MS / everyMs),
);
