import * as z from 'zod';

/** Names that become part of queue group ids, secret ids and URLs. */
export const AccountName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be 1 to 32 of a-z, 0-9 and "-", starting with a letter');

const LoopbackUrl = z.url({
  protocol: /^http$/,
  hostname: /^(127\.0\.0\.1|localhost|\[::1\])$/,
  error: 'must be a loopback http URL: an endpoint may only name a simulator on this machine',
});

/**
 * One credential of one vendor. `endpoint` is honoured by the local stack alone: on AWS a vendor's
 * host comes from the provider's own allow-list and nothing else.
 */
export const AutomoxAccount = z.strictObject({
  provider: z.literal('automox'),
  /** The organization sent as `o=` with every call. */
  organizationId: z.int().positive(),
  endpoint: LoopbackUrl.optional(),
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
  endpoint: LoopbackUrl.optional(),
});

export const AmpAccount = z.strictObject({
  provider: z.literal('amp'),
  /** North America, Europe, or Asia Pacific, Japan and China: a credential is good in one. */
  region: z.enum(['nam', 'eu', 'apjc']),
  endpoint: LoopbackUrl.optional(),
});

export const Account = z.discriminatedUnion('provider', [
  AutomoxAccount,
  OpsRampAccount,
  AmpAccount,
]);
export type Account = z.infer<typeof Account>;
export type ProviderName = Account['provider'];

/** Where the account's credential lives in Secrets Manager. */
export const accountSecretId = (name: string): string => `sluice/accounts/${name}`;
