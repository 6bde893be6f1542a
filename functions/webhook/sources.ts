import * as z from 'zod';
import { createSecretsManagerClient } from '../../shared/aws/clients.ts';
import { createSecretsSource } from '../../shared/aws/secrets-source.ts';
import { type SluiceConfig, webhookSecretId } from '../../shared/config/sluice-config.ts';
import { SluiceError } from '../../shared/errors/sluice-error.ts';
import { createSecretCache, type SecretCache } from '../../shared/http/secret-cache.ts';
import { type Clock, systemClock } from '../../shared/kernel/clock.ts';
import { seconds } from '../../shared/kernel/duration.ts';
import { Secret } from '../../shared/kernel/secret.ts';
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
    return [
      name,
      { scheme, mapping, secrets: createSecrets(cache, webhookSecretId(name, config.prefix)) },
    ];
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

/** `{"secret": "…", "previous": "…"}`: both are valid while a rotation lasts. */
const WebhookSecret = z.strictObject({
  secret: z.string().min(1),
  previous: z.string().min(1).optional(),
});

function parseSecrets(id: string, value: Secret): readonly Secret[] {
  const parsed = z.safeParse(WebhookSecret, tryJson(value.reveal()));
  if (!parsed.success) {
    const needed = '{"secret": "…"} or {"secret": "…", "previous": "…"}';
    throw new SluiceError('account.secret-invalid', `the secret ${id} must be JSON: ${needed}`);
  }
  const { secret, previous } = parsed.data;
  return [secret, ...(previous === undefined ? [] : [previous])].map((text) => new Secret(text));
}

/** Never lets the text of a secret into an error. */
function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
