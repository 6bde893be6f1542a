import {
  GetSecretValueCommand,
  InvalidRequestException,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { SluiceError } from '../errors/sluice-error.ts';
import type { SecretSource } from '../http/secret-cache.ts';
import { Secret } from '../kernel/secret.ts';
import { orUnavailable } from './or-unavailable.ts';

export interface SecretsSourceOptions {
  readonly client: SecretsManagerClient;
}

/**
 * Current values from Secrets Manager. Throws `account.secret-missing` where there is no secret, no
 * value or no text in it, and `store.unavailable` where Secrets Manager does not answer.
 */
export function createSecretsSource({ client }: SecretsSourceOptions): SecretSource {
  return {
    async getSecret(id) {
      const call = client.send(new GetSecretValueCommand({ SecretId: id }));
      const { SecretString, VersionId } = await orUnavailable(
        `Secrets Manager (${id})`,
        call.catch((error: unknown) => {
          throw isWithoutValue(error) ? missing(id, error) : error;
        }),
      );
      if (!SecretString || VersionId === undefined) throw missing(id);
      return { versionId: VersionId, value: new Secret(SecretString) };
    },
  };
}

/** A secret that infrastructure created and nobody filled has no current value: also "not found". */
const isWithoutValue = (error: unknown): boolean =>
  error instanceof ResourceNotFoundException ||
  // Marked for deletion.
  error instanceof InvalidRequestException;

const missing = (id: string, cause?: unknown): SluiceError =>
  new SluiceError(
    'account.secret-missing',
    `the secret ${id} has no value: fill it with ` +
      `aws secretsmanager put-secret-value --secret-id ${id} --secret-string file://secret.json`,
    { cause },
  );
