import { randomBytes } from 'node:crypto';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type SluiceConfig, webhookSecretId } from '../../shared/config/sluice-config.ts';
import { localClientConfig } from './provision.ts';

/**
 * A signing secret for every webhook source that has none yet; kept with the other secrets. One that an
 * account manages is left to the account's jobs, as on AWS.
 */
export async function ensureWebhookSecrets(awsUrl: string, config: SluiceConfig): Promise<void> {
  const secrets = new SecretsManagerClient(localClientConfig(awsUrl));
  for (const [source, { managedBy }] of Object.entries(config.webhooks)) {
    if (managedBy !== undefined) continue;
    const SecretId = webhookSecretId(source, config.prefix);
    const there = await secrets
      .send(new GetSecretValueCommand({ SecretId }))
      .catch(() => undefined);
    if (there?.SecretString) continue;
    const secret = `whsec_${randomBytes(24).toString('base64')}`;
    const SecretString = JSON.stringify({ secret });
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
  }
}
