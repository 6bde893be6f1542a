import { describe, expect, it } from 'vitest';
import { createSecretCache } from '../../../shared/http/secret-cache.ts';
import { createTokenCache } from '../../../shared/http/token-cache.ts';
import type { VendorRequest } from '../../../shared/http/vendor-client.ts';
import { automox } from '../../../shared/providers/automox/automox.ts';
import { createVendorAccount } from '../../../shared/providers/vendor-account.ts';
import { createLeapingClock } from '../../support/leaping-clock.ts';
import { createRotatingSecret } from '../../support/rotating-secret.ts';

const clock = createLeapingClock();
const [operation] = Object.values(automox.operations).filter(({ path }) => path === '/servers');

/** Where a call of that account goes to. */
async function hostOf(
  endpoint: string,
  honoured: { readonly endpointsHonoured: boolean; readonly localStack: boolean },
): Promise<string> {
  const urls: URL[] = [];
  const client = {
    async send({ url }: VendorRequest): Promise<never> {
      urls.push(url);
      throw new Error('not sent');
    },
    close: () => undefined,
  };
  const secrets = createSecretCache({ source: createRotatingSecret({ apiKey: 'key' }), clock });
  const deps = { client, secrets, tokens: createTokenCache({ clock }), clock, budgets: {} };
  const account = { provider: 'automox', organizationId: 1, endpoint } as const;
  const vendor = createVendorAccount({ ...deps, ...honoured }, automox, 'acme', account);
  if (operation === undefined) throw new RangeError('automox lists servers');
  await expect(vendor.send({ operation, key: 'list' }, hooks)).rejects.toThrow();
  return urls.map(({ host }) => host).join();
}

const onAws = { endpointsHonoured: false, localStack: false };
const inTest = { endpointsHonoured: true, localStack: false };
const local = { endpointsHonoured: true, localStack: true };

const hooks = { whenConnected: async () => {}, beforeSend: () => {} };

describe('the endpoint of an account', () => {
  it.each(['https://sim.example.com/api', 'http://127.0.0.1:4572/api'])(
    'is ignored by a deployment that is not for tests: %s',
    async (endpoint) => {
      expect(await hostOf(endpoint, onAws)).toBe('console.automox.com');
    },
  );

  it('is where a test deployment calls, over https', async () => {
    expect(await hostOf('https://sim.example.com/api', inTest)).toBe('sim.example.com');
  });

  it('is never a loopback one on AWS', async () => {
    expect(await hostOf('http://127.0.0.1:4572/api', inTest)).toBe('');
  });

  it('is where the local stack calls', async () => {
    expect(await hostOf('http://127.0.0.1:4572/api', local)).toBe('127.0.0.1:4572');
  });
});
