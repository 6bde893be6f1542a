/** Accounts of every vendor, one for each thing that an account may choose. */
import { Account, type ProviderName } from '../../shared/config/account.ts';

const samples = {
  automox: [{ organizationId: 9237 }],
  opsramp: [
    { tenantId: 'client_42' },
    { tenantId: 'msp_7', scope: 'partner', host: 'brand.api.opsramp.com' },
    { tenantId: 'client_42', tokenPath: '/tenancy/auth/oauth/token' },
  ],
  amp: [{ region: 'nam' }, { region: 'eu' }, { region: 'apjc' }],
} as const satisfies Record<ProviderName, readonly object[]>;

/** Throws RangeError where there is no such vendor. */
export function accountsOf(provider: string): readonly [Account, ...Account[]] {
  const fields = Object.entries(samples).find(([name]) => name === provider)?.[1] ?? [];
  const [first, ...rest] = fields.map((it) => Account.parse({ provider, ...it }));
  if (first) return [first, ...rest];
  throw new RangeError(`no sample account of ${provider}`);
}

export const accountOf = (provider: string): Account => accountsOf(provider)[0];
