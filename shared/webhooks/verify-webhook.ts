/**
 * Decides whether a webhook request comes from who holds the secret, and names the delivery.
 *
 * Guarantees: the raw bytes are what is verified; comparison takes the same time for every wrong
 * signature; each secret given is tried, so that two are valid during a rotation; where the scheme
 * signs a timestamp, one more than 300 s away either way is refused, and only after its signature
 * held, so that a stranger learns nothing about the clock. No secret: no entry.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { minutes } from '../kernel/duration.ts';
import type { Secret } from '../kernel/secret.ts';
import type { WebhookHeaders } from './request-headers.ts';
import { type Claim, type HmacClaim, parseClaim, UnreadableClaim } from './signature-schemes.ts';
import type { WebhookScheme } from './webhook-scheme.ts';

/** Standard Webhooks 1.0.0 and Stripe's libraries: five minutes. */
export const REPLAY_WINDOW_MS = minutes(5);

export interface WebhookAttempt {
  readonly scheme: WebhookScheme;
  readonly headers: WebhookHeaders;
  readonly rawBody: Uint8Array;
  /** The current one, and during a rotation the previous one. */
  readonly secrets: readonly Secret[];
  readonly nowMs: number;
}

export type WebhookVerdict =
  /** `deliveryId` is the sender's own where there is one, else a digest of timestamp and body. */
  | { readonly verified: true; readonly deliveryId: string }
  | {
      readonly verified: false;
      readonly code: 'webhook.unauthenticated' | 'webhook.replayed';
      /** For the log: says what was wrong, never quotes a value. */
      readonly reason: string;
    };

export function verifyWebhook(attempt: WebhookAttempt): WebhookVerdict {
  const { scheme, headers, rawBody, secrets, nowMs } = attempt;
  const claim = findClaim(scheme, headers);
  if (claim instanceof UnreadableClaim) return unauthenticated(claim.message);
  const usable = secrets.filter((secret) => secret.reveal() !== '');
  if (usable.length === 0) return unauthenticated('the source has no secret');
  if (!usable.some((secret) => holds(claim, secret, rawBody))) {
    return unauthenticated('no valid secret gives this proof');
  }
  const timestampSeconds = claim.proof === 'hmac' ? claim.timestampSeconds : undefined;
  if (timestampSeconds !== undefined) {
    const awayMs = Math.abs(nowMs - timestampSeconds * 1_000);
    if (awayMs > REPLAY_WINDOW_MS) {
      const reason = `signed ${Math.round(awayMs / 1_000)} s away from now`;
      return { verified: false, code: 'webhook.replayed', reason };
    }
  }
  return {
    verified: true,
    deliveryId: claim.deliveryId ?? deriveId(timestampSeconds ?? periodOf(nowMs), rawBody),
  };
}

function findClaim(scheme: WebhookScheme, headers: WebhookHeaders): Claim | UnreadableClaim {
  try {
    return parseClaim(scheme, headers);
  } catch (error) {
    if (error instanceof UnreadableClaim) return error;
    throw error;
  }
}

const unauthenticated = (reason: string): WebhookVerdict => ({
  verified: false,
  code: 'webhook.unauthenticated',
  reason,
});

function holds(claim: Claim, secret: Secret, rawBody: Uint8Array): boolean {
  if (claim.proof === 'token') return sameBytes(digest(claim.token), digest(secret.reveal()));
  const key = keyBytes(secret.reveal(), claim.keyEncoding);
  if (key === undefined) return false;
  const expected = createHmac(claim.digest, key)
    .update(claim.signedPrefix)
    .update(rawBody)
    .digest();
  return claim.signatures.some((signature) => sameBytes(signature, expected));
}

/** A length that differs is no secret: the digest's length is public. */
const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

/** Equal lengths for `timingSafeEqual`, whatever the token's. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Undefined for a secret that is not what the scheme calls one: it then verifies nothing. */
function keyBytes(secret: string, encoding: HmacClaim['keyEncoding']): Buffer | undefined {
  if (encoding === 'text') return Buffer.from(secret);
  const text = secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret;
  const bytes = Buffer.from(text, 'base64');
  const unpadded = (value: string): string => value.replace(/=+$/, '');
  const exact = unpadded(bytes.toString('base64')) === unpadded(text);
  return exact && bytes.length > 0 ? bytes : undefined;
}

/**
 * Where the sender signs no time and names no delivery, an equal body is a repeat of the same delivery
 * only for a while: the same alert may well come again tomorrow, and then means something new.
 */
const REPEAT_PERIOD_MS = minutes(10);

const periodOf = (nowMs: number): string => `period ${Math.floor(nowMs / REPEAT_PERIOD_MS)}`;

function deriveId(time: number | string, rawBody: Uint8Array): string {
  const hash = createHash('sha256').update(`${time}.`).update(rawBody);
  return `sha256:${hash.digest('hex')}`;
}
