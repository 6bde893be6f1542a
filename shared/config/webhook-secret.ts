/**
 * The secret of a webhook source as Secrets Manager holds it: `{"secret"}`, and `previous` while a
 * rotation lasts: both are valid then. Where a job keeps it, `webhookId` says whose secret it is.
 */
import * as z from 'zod';
import { SluiceError } from '../errors/sluice-error.ts';
import { Secret } from '../kernel/secret.ts';

export interface WebhookSecret {
  readonly secret: Secret;
  readonly previous?: Secret;
  /** The sender's id of the webhook that signs with `secret`; absent where no job vouches for it. */
  readonly webhookId?: string;
}

const Text = z.string().min(1);

const Stored = z.strictObject({
  secret: Text,
  previous: Text.optional(),
  webhookId: Text.optional(),
});

/** Throws `account.secret-invalid` naming the secret, never its text. */
export function parseWebhookSecret(secretId: string, value: Secret): WebhookSecret {
  const parsed = z.safeParse(Stored, tryJson(value.reveal()));
  if (!parsed.success) {
    const needed = '{"secret": "…"} or {"secret": "…", "previous": "…"}';
    throw new SluiceError(
      'account.secret-invalid',
      `the secret ${secretId} must be JSON: ${needed}`,
    );
  }
  const { secret, previous, webhookId } = parsed.data;
  return {
    secret: new Secret(secret),
    ...(previous === undefined ? {} : { previous: new Secret(previous) }),
    ...(webhookId === undefined ? {} : { webhookId }),
  };
}

/** What `parseWebhookSecret` reads. */
export const writeWebhookSecret = ({ secret, previous, webhookId }: WebhookSecret): Secret =>
  new Secret(JSON.stringify({ secret: secret.reveal(), previous: previous?.reveal(), webhookId }));

/** Never lets the text of a secret into an error. */
function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
