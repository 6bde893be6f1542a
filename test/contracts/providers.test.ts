import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Account, ProviderName } from '../../shared/config/account.ts';
import { handlerFile } from '../../shared/config/function-contract.ts';
import { listProviders } from '../../shared/providers/registry.ts';
import { accountsOf } from '../support/sample-accounts.ts';
import { describeProvider, type ProviderSamples } from './provider.ts';

type Samples = Omit<ProviderSamples<Account>, 'accounts'>;

const samples: Readonly<Record<ProviderName, Samples>> = {
  automox: {
    hosts: ['console.automox.com'],
    secret: { apiKey: '4f1c9be2-hushed-key' },
    withheld: [
      'orgs.list',
      'policy-history.runs',
      'webhooks.list',
      'webhooks.create',
      'webhooks.update',
      'webhooks.secret.rotate',
    ],
  },
  opsramp: {
    hosts: ['api.opsramp.com', 'brand.api.opsramp.com'],
    secret: { key: '8ka92-hushed-key', secret: '77ab1-hushed-secret' },
  },
  amp: {
    hosts: ['api.amp.cisco.com', 'api.eu.amp.cisco.com', 'api.apjc.amp.cisco.com'],
    secret: { clientId: '0a1b2-hushed-client', apiKey: '9f8e7-hushed-key' },
  },
};

for (const provider of listProviders()) {
  describeProvider(provider, { accounts: accountsOf(provider.name), ...samples[provider.name] });
}

describe('the registry', () => {
  it.each(listProviders())(
    'has a case of every job type of $name, run by its suite',
    ({ name }) => {
      const file = new URL(`../shared/providers/${name}/job-types.test.ts`, import.meta.url);
      expect(existsSync(file)).toBe(true);
    },
  );

  it.each(listProviders())('has a worker for $name', ({ name }) => {
    const file = new URL(`../../functions/${handlerFile('worker', name)}`, import.meta.url);
    expect(existsSync(file)).toBe(true);
  });
});
