import {
  ListSecretVersionIdsCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { orUnavailable } from './or-unavailable.ts';

/** What is known of a secret to one who may not read its value. */
export interface SecretVersions {
  /** When the current value was put; undefined where there is none. Throws `store.unavailable`. */
  findCurrentCreatedAtMs(secretId: string): Promise<number | undefined>;
}

export const createSecretVersions = ({
  client,
}: {
  readonly client: SecretsManagerClient;
}): SecretVersions => ({
  async findCurrentCreatedAtMs(secretId) {
    const asked = client.send(new ListSecretVersionIdsCommand({ SecretId: secretId }));
    const { Versions = [] } = await orUnavailable(
      `Secrets Manager (${secretId})`,
      asked.catch((error: unknown) => {
        if (error instanceof ResourceNotFoundException) return { Versions: [] };
        throw error;
      }),
    );
    const current = Versions.find(({ VersionStages = [] }) => VersionStages.includes('AWSCURRENT'));
    return current?.CreatedDate?.getTime();
  },
});
