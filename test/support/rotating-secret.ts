import type { SecretSource } from '../../shared/http/secret-cache.ts';
import type { Json } from '../../shared/kernel/json.ts';
import { Secret } from '../../shared/kernel/secret.ts';

export interface RotatingSecret extends SecretSource {
  readonly reads: number;
  /** A new version, seen by whoever asks from now on. */
  put(value: Json): void;
}

/** A secret store with one secret in it, whatever its id. */
export function createRotatingSecret(first: Json): RotatingSecret {
  let value = first;
  let version = 1;
  let reads = 0;
  return {
    get reads() {
      return reads;
    },
    put(next) {
      value = next;
      version += 1;
    },
    async getSecret() {
      reads += 1;
      return { versionId: `v${version}`, value: new Secret(JSON.stringify(value)) };
    },
  };
}
