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

export const Account = z.discriminatedUnion('provider', [AutomoxAccount]);
export type Account = z.infer<typeof Account>;
export type ProviderName = Account['provider'];

/** Where the account's credential lives in Secrets Manager. */
export const accountSecretId = (name: string): string => `sluice/accounts/${name}`;
