/** Keys, secrets and the tokens they buy. A token dies with its time, or with its credential. */
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import type { WireHead } from '../frame/wire.ts';

export interface CredentialGrant {
  readonly secret: string;
  /** Unique ids of the tenants it may act in, its own first. A partner's clients come with it. */
  readonly tenants: readonly string[];
}

/** Who is asking, as far as the token tells. */
export interface Caller {
  readonly token: 'valid' | 'expired' | 'unknown';
  readonly tenants: readonly string[];
}

interface Token {
  readonly value: string;
  readonly key: string;
  readonly expiresAtMs: number;
}

export interface CredentialRing {
  identify(head: WireHead, nowMs: number): Caller;
  /** Undefined when key and secret do not belong together. */
  issue(
    given: { readonly key: string; readonly secret: string },
    nowMs: number,
    rules: { readonly lifeMs: number; readonly reuse: boolean },
  ): Token | undefined;
  add(key: string, grant: CredentialGrant): void;
  revoke(key: string): void;
  /** Another secret for the same key; tokens given before stay good. */
  rotate(key: string, secret: string): void;
  /** Ends the life of every token at once. */
  expireTokens(): void;
  reset(): void;
}

const NOBODY: Caller = { token: 'unknown', tenants: [] };

export function createCredentialRing(
  initial: Readonly<Record<string, CredentialGrant>>,
): CredentialRing {
  const grants = new Map(Object.entries(initial));
  const tokens = new Map<string, Token>();
  let issued = 0;
  const grantOf = (key: string): CredentialGrant => {
    const grant = grants.get(key);
    if (grant === undefined) throw new RangeError('no such key');
    return grant;
  };
  return {
    identify({ headers }, nowMs) {
      const [, value = ''] = /^bearer (.+)$/i.exec(headers['authorization'] ?? '') ?? [];
      const token = tokens.get(value);
      const grant = token === undefined ? undefined : grants.get(token.key);
      if (token === undefined || grant === undefined) return NOBODY;
      return { token: token.expiresAtMs > nowMs ? 'valid' : 'expired', tenants: grant.tenants };
    },
    issue({ key, secret }, nowMs, { lifeMs, reuse }) {
      if (grants.get(key)?.secret !== secret) return undefined;
      const alive = [...tokens.values()].find(
        (token) => token.key === key && token.expiresAtMs > nowMs,
      );
      if (reuse && alive !== undefined) return alive;
      const value = sha256Hex(`token ${key} ${++issued}`).slice(0, 36);
      const token = { value, key, expiresAtMs: nowMs + lifeMs };
      tokens.set(value, token);
      return token;
    },
    add: (key, grant) => {
      grants.set(key, grant);
    },
    revoke: (key) => {
      grantOf(key);
      grants.delete(key);
    },
    rotate: (key, secret) => {
      grants.set(key, { ...grantOf(key), secret });
    },
    expireTokens: () => {
      for (const token of tokens.values()) tokens.set(token.value, { ...token, expiresAtMs: 0 });
    },
    reset: () => {
      issued = 0;
      tokens.clear();
      grants.clear();
      for (const [key, grant] of Object.entries(initial)) grants.set(key, grant);
    },
  };
}
