/** What the config says of one account. Becomes a member of the union in shared/config/account.ts. */
import * as z from 'zod';

export const TemplateAccount = z.strictObject({
  provider: z.literal('template'),
  /** The tenant in every path. */
  tenantId: z.string().regex(/^\w{1,64}$/, 'must be the id of a tenant'),
  /** Choose hosts by a word, never by a URL: nobody's config can point a key elsewhere. */
  region: z.enum(['us', 'eu']).default('us'),
});
export type TemplateAccount = z.infer<typeof TemplateAccount>;
