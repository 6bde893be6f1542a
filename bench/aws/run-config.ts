/** The config of one run: one simulated account, a webhook source and a schedule, under its own prefix. */
import { randomBytes } from 'node:crypto';
import { parseConfig, type SluiceConfig } from '../../shared/config/sluice-config.ts';

export interface RunConfigOptions {
  readonly organizationId: number;
  readonly vendorUrl?: string;
  /** Of Automox's batch limit, where the simulator's time passes faster. */
  readonly windowSeconds?: number;
}

export const ACCOUNT = 'acme';
export const WEBHOOK = 'runner';
export const SCHEDULE = 'each-minute';

export const newPrefix = (): string => `sluice-test-${randomBytes(3).toString('hex')}`;

/** What each scenario's job is known by. */
export const correlationOf = (scenario: string, prefix: string): string => `${prefix}:${scenario}`;

export const queryJob = (correlationId: string) => ({
  type: 'automox.servers.query',
  account: ACCOUNT,
  params: { fields: ['id'] },
  correlationId,
});

export function runConfig(prefix: string, options: RunConfigOptions): SluiceConfig {
  const { organizationId, vendorUrl, windowSeconds } = options;
  const budget = { windowSeconds };
  return parseConfig({
    prefix,
    accounts: {
      [ACCOUNT]: {
        provider: 'automox',
        organizationId,
        ...(vendorUrl !== undefined && { endpoint: vendorUrl }),
      },
    },
    webhooks: { [WEBHOOK]: { scheme: 'standard-webhooks', jobs: 'payload.job' } },
    schedules: {
      [SCHEDULE]: { when: 'rate(1 minute)', job: queryJob(correlationOf('schedule', prefix)) },
    },
    budgets: windowSeconds === undefined ? {} : { [`automox/${ACCOUNT}/servers.batch`]: budget },
  });
}
