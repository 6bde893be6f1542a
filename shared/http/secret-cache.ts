/**
 * Keeps credentials for a short while, so that a worker does not ask Secrets Manager for each call.
 *
 * Guarantees: a value is at most five minutes old; concurrent readers share one request; a failure
 * is never kept; after the vendor refused a credential, `refresh` asks again at once, and says
 * whether a newer version was there: if not, repeating the call is pointless.
 */
import type { Clock } from '../kernel/clock.ts';
import { minutes } from '../kernel/duration.ts';
import { invariant } from '../kernel/invariant.ts';
import type { Secret } from '../kernel/secret.ts';

export interface SecretVersion {
  readonly versionId: string;
  readonly value: Secret;
}

export interface SecretSource {
  getSecret(id: string): Promise<SecretVersion>;
}

export interface SecretCache {
  get(id: string): Promise<SecretVersion>;
  /** `renewed`: the version differs from `staleVersionId`, the one that the vendor refused. */
  refresh(id: string, staleVersionId: string): Promise<SecretVersion & { renewed: boolean }>;
}

export interface SecretCacheOptions {
  readonly source: SecretSource;
  readonly clock: Clock;
  /** Default and most: five minutes, the time a rotation may take to be seen. */
  readonly ttlMs?: number;
}

const TTL_MS_MAX = minutes(5);

interface Entry {
  readonly version: SecretVersion;
  readonly fetchedAtMs: number;
}

export function createSecretCache(options: SecretCacheOptions): SecretCache {
  const { source, clock, ttlMs = TTL_MS_MAX } = options;
  invariant(ttlMs >= 0 && ttlMs <= TTL_MS_MAX, 'a secret is cached for five minutes at most');
  const entries = new Map<string, Entry>();
  const underWay = new Map<string, Promise<SecretVersion>>();

  function find(id: string): SecretVersion | undefined {
    const entry = entries.get(id);
    if (entry === undefined) return undefined;
    // By the wall clock: the other one stands still while a Lambda environment is frozen.
    const ageMs = clock.nowMs() - entry.fetchedAtMs;
    return ageMs >= 0 && ageMs < ttlMs ? entry.version : undefined;
  }

  async function load(id: string): Promise<SecretVersion> {
    const fetchedAtMs = clock.nowMs();
    const version = await source.getSecret(id);
    entries.set(id, { version, fetchedAtMs });
    return version;
  }

  function loadOnce(id: string): Promise<SecretVersion> {
    const present = underWay.get(id);
    if (present !== undefined) return present;
    const loading = load(id).finally(() => underWay.delete(id));
    underWay.set(id, loading);
    return loading;
  }

  return {
    get: async (id) => find(id) ?? loadOnce(id),
    refresh: async (id, staleVersionId) => {
      const held = find(id);
      const newerHeld = held !== undefined && held.versionId !== staleVersionId;
      const version = newerHeld ? held : await loadOnce(id);
      return { ...version, renewed: version.versionId !== staleVersionId };
    },
  };
}
