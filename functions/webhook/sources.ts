import { createSecretsManagerClient } from '../../shared/aws/clients.ts';
import { createSecretsSource } from '../../shared/aws/secrets-source.ts';
import { type SluiceConfig, webhookSecretId } from '../../shared/config/sluice-config.ts';
import { parseWebhookSecret } from '../../shared/config/webhook-secret.ts';
import { createSecretCache, type SecretCache } from '../../shared/http/secret-cache.ts';
import { type Clock, systemClock } from '../../shared/kernel/clock.ts';
import { seconds } from '../../shared/kernel/duration.ts';
import type { Secret } from '../../shared/kernel/secret.ts';
import { createPayloadMapping } from '../../shared/webhooks/payload-mapping.ts';
import type { WebhookSource } from './webhook.ts';

/** The sources of the config, each with its compiled mapping and its secrets in Secrets Manager. */
export function createSources(config: SluiceConfig): Readonly<Record<string, WebhookSource>> {
  const cache = createSecretCache({
    source: createSecretsSource({ client: createSecretsManagerClient() }),
    clock: systemClock,
  });
  const entries = Object.entries(config.webhooks).map(([name, { scheme, jobs }]) => {
    const mapping = createPayloadMapping(jobs);
    const secrets = createSecrets(cache, webhookSecretId(name, config.prefix));
    return [name, { ...(scheme && { scheme }), mapping, secrets }];
  });
  return Object.fromEntries(entries);
}

/** A wrong signature may mean a secret just rotated; strangers must not drive calls to the store. */
const REFRESH_EVERY_MS = seconds(30);

export function createSecrets(
  cache: SecretCache,
  id: string,
  clock: Clock = systemClock,
): WebhookSource['secrets'] {
  let refreshedAtMs = Number.NEGATIVE_INFINITY;
  return async (fresh) => {
    const held = await cache.get(id);
    const due = fresh && clock.nowMs() - refreshedAtMs >= REFRESH_EVERY_MS;
    if (!due) return parseSecrets(id, held.value);
    refreshedAtMs = clock.nowMs();
    const { value } = await cache.refresh(id, held.versionId);
    return parseSecrets(id, value);
  };
}

function parseSecrets(id: string, value: Secret): readonly Secret[] {
  const { secret, previous } = parseWebhookSecret(id, value);
  return previous === undefined ? [secret] : [secret, previous];
}
