import * as z from 'zod';
import { DEFAULT_PREFIX } from './prefix.ts';

/** Names that become part of queue group ids, secret ids and URLs. */
export const AccountName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be 1 to 32 of a-z, 0-9 and "-", starting with a letter');

const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])$/;

const isSimulatorUrl = (text: string): boolean => {
  const { protocol, hostname } = URL.parse(text) ?? { protocol: '', hostname: '' };
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK_HOST.test(hostname));
};

const SimulatorUrl = z
  .string()
  .refine(
    isSimulatorUrl,
    'must be the URL of a simulator: loopback http, or https in a test deployment',
  );

/**
 * One credential of one vendor. `endpoint` names a simulator: it is honoured by the local stack, and by
 * a test deployment (`isTestPrefix`). Otherwise a vendor's host comes from the provider's own
 * allow-list and nothing else.
 */
export const AutomoxAccount = z.strictObject({
  provider: z.literal('automox'),
  /** The organization sent as `o=` with every call. */
  organizationId: z.int().positive(),
  endpoint: SimulatorUrl.optional(),
});

export const OpsRampAccount = z.strictObject({
  provider: z.literal('opsramp'),
  /** The tenant in every path: a UUID, `client_NNN` or `msp_NNN`. */
  tenantId: z
    .string()
    .regex(
      /^(client_\d{1,12}|msp_\d{1,12}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
      'must be client_NNN, msp_NNN or a lower-case UUID',
    ),
  /** Which column of OpsRamp's limits holds. */
  scope: z.enum(['client', 'partner']).default('client'),
  /** `api.opsramp.com`, or the host of a brand. */
  host: z
    .string()
    .regex(
      /^([a-z0-9-]{1,63}\.){0,3}opsramp\.com$/,
      'must be api.opsramp.com or a host below opsramp.com, such as brand.api.opsramp.com',
    )
    .default('api.opsramp.com'),
  /** OpsRamp's own pages disagree on the path; the other one is for newer pods. */
  tokenPath: z
    .enum(['/auth/oauth/token', '/tenancy/auth/oauth/token'])
    .default('/auth/oauth/token'),
  endpoint: SimulatorUrl.optional(),
});

export const AmpAccount = z.strictObject({
  provider: z.literal('amp'),
  /** North America, Europe, or Asia Pacific, Japan and China: a credential is good in one. */
  region: z.enum(['nam', 'eu', 'apjc']),
  endpoint: SimulatorUrl.optional(),
});

export const Account = z.discriminatedUnion('provider', [
  AutomoxAccount,
  OpsRampAccount,
  AmpAccount,
]);
export type Account = z.infer<typeof Account>;
export type ProviderName = Account['provider'];

/** Where the account's credential lives in Secrets Manager. */
export const accountSecretId = (name: string, prefix: string = DEFAULT_PREFIX): string =>
  `${prefix}/accounts/${name}`;
