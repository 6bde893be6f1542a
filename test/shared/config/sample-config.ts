import type { SluiceConfigInput } from '../../../shared/config/sluice-config.ts';

/** A config that uses every part; the parts that differ are laid over it. */
export const sampleConfig = (changes: Partial<SluiceConfigInput> = {}): SluiceConfigInput => ({
  accounts: { acme: { provider: 'automox', organizationId: 9237 } },
  webhooks: { tagging: { scheme: 'standard-webhooks', jobs: 'payload' } },
  schedules: {
    nightly: {
      when: 'cron(0 2 * * ? *)',
      timeZone: 'America/Denver',
      job: { type: 'automox.servers.query', account: 'acme', params: {} },
    },
  },
  budgets: { 'automox/acme/servers.batch': { requests: 4 } },
  ...changes,
});
