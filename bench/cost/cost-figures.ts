/** All that docs/cost.md is written from: what was counted, and what the template has. */
import { workerContract } from '../../functions/worker/contract.ts';
import { parseConfig } from '../../shared/config/sluice-config.ts';
import type { Assumed, Clockwork } from './bill.ts';
import type { Counted } from './count-jobs.ts';
import {
  countDeployed,
  countMetrics,
  type Deployed,
  pollsAMonth,
  ticksAMonth,
} from './standing.ts';

export interface CostFigures extends Counted {
  readonly startedAt: string;
  readonly cpuMsPerInvocation: number;
}

/** As the benchmark takes them in virtual time. */
export const assumedOf = ({ cpuMsPerInvocation }: CostFigures): Assumed => ({
  awsCallMs: 4,
  vendorCallMs: 300,
  cpuMsPerInvocation,
  memoryMb: workerContract.memoryMb,
});

const webhooks = { tagging: { scheme: 'standard-webhooks', jobs: 'payload' } };

const account = (organizationId: number) => ({ provider: 'automox', organizationId });

/** One account; and as many as a million batch jobs a month need, at five a minute each. */
export const configs = {
  one: parseConfig({ accounts: { acme: account(1) }, webhooks }),
  five: parseConfig({
    accounts: Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`acme-${n}`, account(n)])),
    webhooks,
  }),
};

export interface Deployments {
  readonly dev: Deployed;
  readonly prod: Deployed;
  readonly five: Deployed;
  readonly ownKey: Deployed;
  readonly metrics: { readonly one: number; readonly five: number };
}

export const countDeployments = (): Deployments => ({
  dev: countDeployed(configs.one, { stage: 'dev' }),
  prod: countDeployed(configs.one, { stage: 'prod' }),
  five: countDeployed(configs.five, { stage: 'prod' }),
  ownKey: countDeployed(configs.one, { stage: 'prod', ownKey: true }),
  metrics: { one: countMetrics(configs.one), five: countMetrics(configs.five) },
});

export const clockworkOf = ({ reconcile }: CostFigures, { mappings }: Deployed): Clockwork => ({
  reconcile,
  ticksAMonth,
  intakePolls: pollsAMonth(1),
  lanePolls: pollsAMonth(mappings - 1),
});
