import * as z from 'zod';
import type { KeyRing } from './accounts.ts';

const KeyChange = z.strictObject({
  add: z
    .record(z.string(), z.strictObject({ accountId: z.string(), orgs: z.array(z.int()) }))
    .optional(),
  revoke: z.array(z.string()).optional(),
  /** Old key to new key. */
  rotate: z.record(z.string(), z.string()).optional(),
});

/** `POST /__simulator/keys`: adds, revokes and rotates API keys while the simulator runs. */
export const keyControls = (ring: KeyRing): Record<string, (body: unknown) => unknown> => ({
  keys(body) {
    const { add = {}, revoke = [], rotate = {} } = KeyChange.parse(body);
    for (const [key, grant] of Object.entries(add)) ring.add(key, grant);
    for (const key of revoke) ring.revoke(key);
    for (const [oldKey, newKey] of Object.entries(rotate)) ring.rotate(oldKey, newKey);
    return { changed: true };
  },
});
