import * as z from 'zod';
import type { CredentialRing } from './credentials.ts';
import type { World } from './world.ts';

const CredentialChange = z.strictObject({
  add: z
    .record(z.string(), z.strictObject({ secret: z.string(), tenants: z.array(z.string()) }))
    .optional(),
  revoke: z.array(z.string()).optional(),
  /** Key to its new secret. */
  rotate: z.record(z.string(), z.string()).optional(),
  expireTokens: z.boolean().optional(),
});

const TenantChange = z.record(z.string(), z.enum(['active', 'suspended', 'deactivated']));

/** `POST /__simulator/credentials` and `/tenants`: changes access while the simulator runs. */
export const tenantControls = (
  ring: CredentialRing,
  world: World,
): Record<string, (body: unknown) => unknown> => ({
  credentials(body) {
    const { add = {}, revoke = [], rotate = {}, expireTokens } = CredentialChange.parse(body);
    for (const [key, grant] of Object.entries(add)) ring.add(key, grant);
    for (const key of revoke) ring.revoke(key);
    for (const [key, secret] of Object.entries(rotate)) ring.rotate(key, secret);
    if (expireTokens === true) ring.expireTokens();
    return { changed: true };
  },
  tenants(body) {
    for (const [uniqueId, state] of Object.entries(TenantChange.parse(body))) {
      const tenant = world.tenants.get(uniqueId);
      if (tenant === undefined) throw new RangeError(`no tenant ${uniqueId}`);
      tenant.state = state;
    }
    return { changed: true };
  },
});
