import { defineConfig } from './shared/config/sluice-config.ts';

/** What this deployment serves. Edit the accounts to yours; `npm run synth` checks every word. */
export default defineConfig({
  accounts: {
    acme: { provider: 'automox', organizationId: 9237 },
  },
  webhooks: {
    /** Tags the devices that a Standard Webhooks sender names: {"deviceIds": [1], "tags": ["x"]}. */
    tagging: {
      scheme: 'standard-webhooks',
      jobs: `{
        "type": "automox.servers.batch",
        "account": "acme",
        "params": {
          "devices": payload.deviceIds,
          "actions": [{ "attribute": "tags", "action": "apply", "value": payload.tags }]
        }
      }`,
    },
  },
  schedules: {
    'nightly-inventory': {
      when: 'cron(0 2 * * ? *)',
      timeZone: 'America/Denver',
      job: { type: 'automox.servers.query', account: 'acme', params: {} },
    },
  },
});
