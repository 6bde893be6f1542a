/**
 * Bearer tokens that a credential is exchanged for, kept for their remaining life.
 *
 * Guarantees: a token is not used in its last minute, so none runs out on its way; one that has less
 * when it is given serves for half of that, so that not every call asks for another. One exchange of
 * a credential at a time in a process; a failed exchange is nobody else's failure.
 */
import type { Clock } from '../kernel/clock.ts';
import { minutes } from '../kernel/duration.ts';
import type { Secret } from '../kernel/secret.ts';

export interface Token {
  readonly value: Secret;
  /** As the vendor answered it: of a token that it gives again, what is left. */
  readonly lifeMs: number;
}

export interface TokenCache {
  find(key: string): Secret | undefined;
  /** A fresh token; `exchange` is called where there is none. */
  ensure(key: string, exchange: () => Promise<Token>): Promise<Secret>;
  /** Forgets the token if it is still `refused`. */
  drop(key: string, refused: Secret): void;
}

const RENEWED_EARLY_MS = minutes(1);

export function createTokenCache({ clock }: { readonly clock: Clock }): TokenCache {
  const tokens = new Map<string, { readonly value: Secret; readonly untilMs: number }>();
  const underWay = new Map<string, Promise<Secret>>();

  const find = (key: string): Secret | undefined => {
    const token = tokens.get(key);
    return token && clock.nowMs() < token.untilMs ? token.value : undefined;
  };
  const renew = async (key: string, exchange: () => Promise<Token>): Promise<Secret> => {
    const askedAtMs = clock.nowMs();
    const { value, lifeMs } = await exchange();
    tokens.set(key, {
      value,
      untilMs: askedAtMs + Math.max(lifeMs - RENEWED_EARLY_MS, lifeMs / 2),
    });
    return value;
  };
  return {
    find,
    async ensure(key, exchange) {
      for (;;) {
        const fresh = find(key);
        if (fresh) return fresh;
        const other = underWay.get(key);
        if (other === undefined) break;
        await other.catch(() => undefined);
      }
      const renewing = renew(key, exchange).finally(() => underWay.delete(key));
      underWay.set(key, renewing);
      return renewing;
    },
    drop(key, refused) {
      if (tokens.get(key)?.value === refused) tokens.delete(key);
    },
  };
}
