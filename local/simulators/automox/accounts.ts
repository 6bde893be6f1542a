/**
 * API keys and the account behind each. All keys of one account share its limits; a key can be added
 * and revoked while the simulator runs, which is how a rotation is rehearsed.
 */
import type { WireHead } from '../frame/wire.ts';

export interface KeyGrant {
  readonly accountId: string;
  /** Ids of the organizations that the key may see; the first is its default. */
  readonly orgs: readonly number[];
}

/** Who is asking; without an account id, nobody known. */
export interface Caller {
  readonly accountId?: string;
  readonly orgs: readonly number[];
}

export interface KeyRing {
  identify(head: WireHead): Caller;
  add(key: string, grant: KeyGrant): void;
  revoke(key: string): void;
  /** Gives the grant of one key to another; the old key is dead at once. */
  rotate(oldKey: string, newKey: string): void;
  reset(): void;
}

const NOBODY: Caller = { orgs: [] };

export function createKeyRing(initial: Readonly<Record<string, KeyGrant>>): KeyRing {
  const grants = new Map(Object.entries(initial));
  const revoke = (key: string): KeyGrant => {
    const grant = grants.get(key);
    if (grant === undefined) throw new RangeError('no such API key');
    grants.delete(key);
    return grant;
  };
  return {
    identify: ({ headers }) => {
      const [, key] = /^bearer (.+)$/i.exec(headers['authorization'] ?? '') ?? [];
      return (key === undefined ? undefined : grants.get(key)) ?? NOBODY;
    },
    add: (key, grant) => {
      grants.set(key, grant);
    },
    revoke,
    rotate: (oldKey, newKey) => {
      grants.set(newKey, revoke(oldKey));
    },
    reset: () => {
      grants.clear();
      for (const [key, grant] of Object.entries(initial)) grants.set(key, grant);
    },
  };
}
