/** Secrets that vendors give out, as versions in Secrets Manager. */
import {
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { SluiceError, toSluiceError } from '../errors/sluice-error.ts';
import type { SecretKeeper } from '../jobs/ports.ts';
import { orUnavailable } from './or-unavailable.ts';
import { createSecretsSource } from './secrets-source.ts';

export interface SecretKeeperOptions {
  readonly client: SecretsManagerClient;
}

/**
 * Writes values of secrets that are deployed; creates none. The SDK repeats a write under one token, so
 * that a lost answer makes no second version.
 */
export function createSecretKeeper({ client }: SecretKeeperOptions): SecretKeeper {
  const source = createSecretsSource({ client });
  return {
    async find(secretId) {
      try {
        return (await source.getSecret(secretId)).value;
      } catch (error) {
        if (toSluiceError(error).code === 'account.secret-missing') return undefined;
        throw error;
      }
    },
    async keep(secretId, value) {
      const put = new PutSecretValueCommand({
        SecretId: secretId,
        SecretString: value.reveal(),
      });
      await orUnavailable(
        `Secrets Manager (${secretId})`,
        client.send(put).catch((error: unknown) => {
          throw error instanceof ResourceNotFoundException ? notDeployed(secretId, error) : error;
        }),
      );
    },
  };
}

const notDeployed = (secretId: string, cause: unknown): SluiceError =>
  new SluiceError(
    'account.secret-missing',
    `there is no secret ${secretId} to keep a value in: deploy the config that names its source`,
    { cause },
  );
