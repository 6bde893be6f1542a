import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import type { SecretKeeper } from '../../../shared/jobs/ports.ts';
import { Secret } from '../../../shared/kernel/secret.ts';

export interface MemorySecretKeeper extends SecretKeeper {
  /** Every value kept, oldest first. */
  readonly kept: readonly { readonly secretId: string; readonly text: string }[];
  /** Refuses the next `writes` as Secrets Manager would when it does not answer. */
  refuse(writes: number): void;
}

/** Secrets in memory; those of `deployed` exist, without a value. Default: all that are asked for. */
export function createMemorySecretKeeper(deployed?: readonly string[]): MemorySecretKeeper {
  const kept: { readonly secretId: string; readonly text: string }[] = [];
  let refusals = 0;
  return {
    kept,
    refuse: (writes) => {
      refusals = writes;
    },
    async find(secretId) {
      const last = kept.findLast((one) => one.secretId === secretId);
      return last && new Secret(last.text);
    },
    async keep(secretId, value) {
      if (refusals > 0) {
        refusals -= 1;
        throw new SluiceError('store.unavailable', `the secret ${secretId} cannot be written`);
      }
      if (deployed !== undefined && !deployed.includes(secretId)) {
        throw new SluiceError('account.secret-missing', `there is no secret ${secretId}`);
      }
      kept.push({ secretId, text: value.reveal() });
    },
  };
}
