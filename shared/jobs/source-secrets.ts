/**
 * The secrets of the webhook sources that the config lets an account manage.
 *
 * Guarantees: no other secret is read or written, whatever a job asks; a job that observes writes none.
 */
import { webhookSecretId } from '../config/sluice-config.ts';
import {
  parseWebhookSecret,
  type WebhookSecret,
  writeWebhookSecret,
} from '../config/webhook-secret.ts';
import { SluiceError } from '../errors/sluice-error.ts';
import { invariant } from '../kernel/invariant.ts';
import type { SecretKeeper } from './ports.ts';

export interface SourceSecrets {
  /** Undefined where it has no value yet. Throws `job.refused` for a source of anybody else. */
  find(source: string): Promise<WebhookSecret | undefined>;
  /** Replaces what is there. Throws like `find`. */
  keep(source: string, value: WebhookSecret): Promise<void>;
}

export interface SourceSecretsDeps {
  readonly keeper: SecretKeeper;
  /** The account's name in the config, and the sources that it manages. */
  readonly account: string;
  readonly managed: readonly string[];
  readonly observing: boolean;
}

export function createSourceSecrets(deps: SourceSecretsDeps): SourceSecrets {
  const { keeper, account, managed, observing } = deps;
  const idOf = (source: string): string => {
    if (managed.includes(source)) return webhookSecretId(source);
    const problem =
      `is not a webhook source that the account "${account}" manages: ` +
      `set webhooks.${source}.managedBy to "${account}" in the config`;
    throw new SluiceError('job.refused', `params.source ${problem}`, {
      fields: [{ field: 'params.source', problem }],
    });
  };
  return {
    async find(source) {
      const secretId = idOf(source);
      const value = await keeper.find(secretId);
      return value && parseWebhookSecret(secretId, value);
    },
    async keep(source, value) {
      invariant(!observing, 'a job that observes keeps no secret');
      await keeper.keep(idOf(source), writeWebhookSecret(value));
    },
  };
}
