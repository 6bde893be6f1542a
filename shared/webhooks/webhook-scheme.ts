/**
 * How a webhook source proves itself, as data: a name for the scheme's usual form, or the name with
 * what differs. `'github'` and `{ name: 'github' }` mean the same.
 *
 * The secret is never part of it: it lives in Secrets Manager.
 */
import * as z from 'zod';

/** Matched without regard to case; written in lower case, as HTTP/2 sends it. */
const HeaderName = z
  .string()
  .regex(/^[a-z0-9!#$&^_.+-]{1,64}$/i, 'must be the name of an HTTP header')
  .toLowerCase();

const SignatureEncoding = z.enum(['hex', 'base64']);

/**
 * Standard Webhooks 1.0.0: id, timestamp and body are signed, the secret is `whsec_` and base64.
 */
const StandardWebhooks = z.strictObject({
  name: z.literal('standard-webhooks'),
  /** Of the three headers `…id`, `…timestamp`, `…signature`. Svix sends `svix-`. */
  headerPrefix: HeaderName.default('webhook-'),
});

/**
 * An HMAC of the body alone, as GitHub and many others send. Has no timestamp, so no replay window.
 */
const BodyHmac = z.strictObject({
  name: z.literal('github'),
  header: HeaderName.default('x-hub-signature-256'),
  /** Before the signature. Default: the digest and `=`, such as `sha256=`. May be empty. */
  prefix: z.string().max(64).optional(),
  /** SHA-1 is never the default and never a fallback: only a source that names it may use it. */
  digest: z.enum(['sha256', 'sha512', 'sha1']).default('sha256'),
  encoding: SignatureEncoding.default('hex'),
  /** Not covered by the signature. Where absent, deliveries are told apart by their body. */
  deliveryIdHeader: HeaderName.default('x-github-delivery'),
});

/** `t=1700000000,v1=…`, as Stripe sends: timestamp and body are signed. */
const Timestamped = z.strictObject({
  name: z.literal('timestamped'),
  header: HeaderName.default('stripe-signature'),
  timestampKey: z.string().min(1).max(16).default('t'),
  signatureKey: z.string().min(1).max(16).default('v1'),
  digest: z.enum(['sha256', 'sha512']).default('sha256'),
  encoding: SignatureEncoding.default('hex'),
  /** Not covered by the signature. Without one, deliveries are told apart by timestamp and body. */
  deliveryIdHeader: HeaderName.optional(),
});

/** The secret itself in a header: for senders that cannot sign. Proves no body and no time. */
const StaticToken = z.strictObject({
  name: z.literal('static-token'),
  header: HeaderName.default('x-webhook-token'),
  /** Before the token, such as `Bearer `. */
  prefix: z.string().max(64).default(''),
  deliveryIdHeader: HeaderName.optional(),
});

const SchemeObject = z.discriminatedUnion('name', [
  StandardWebhooks,
  BodyHmac,
  Timestamped,
  StaticToken,
]);

export type WebhookScheme = z.output<typeof SchemeObject>;
export type WebhookSchemeName = WebhookScheme['name'];

/** What a config file may hold. */
export type WebhookSchemeInput = WebhookSchemeName | z.input<typeof SchemeObject>;

export const WebhookScheme: z.ZodType<WebhookScheme, WebhookSchemeInput> = z.preprocess(
  (value: WebhookSchemeInput) => (typeof value === 'string' ? { name: value } : value),
  SchemeObject,
);
