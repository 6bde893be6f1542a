/**
 * What each scheme claims: which bytes are signed, by which digest, with which signatures, when.
 *
 * One shape for all of them, so that comparing, secrets and the replay window exist once, in
 * `verify-webhook`. Reading a claim proves nothing.
 */
import { unreachable } from '../kernel/invariant.ts';
import { readSingleHeader, type WebhookHeaders } from './request-headers.ts';
import type { WebhookScheme } from './webhook-scheme.ts';

export interface HmacClaim {
  readonly proof: 'hmac';
  readonly digest: 'sha256' | 'sha512' | 'sha1';
  /** Stands before the body in what is signed. */
  readonly signedPrefix: string;
  /** Any one of them may match: senders that rotate sign with both keys. */
  readonly signatures: readonly Buffer[];
  readonly keyEncoding: 'text' | 'whsec';
  readonly timestampSeconds?: number;
  readonly deliveryId?: string;
}

export interface TokenClaim {
  readonly proof: 'token';
  readonly token: string;
  readonly deliveryId?: string;
}

export type Claim = HmacClaim | TokenClaim;

/** Why there is no claim to check; names headers, never their values. */
export class UnreadableClaim extends Error {
  override readonly name = 'UnreadableClaim';
}

type Named<Name> = Extract<WebhookScheme, { name: Name }>;

/** Throws UnreadableClaim for a header that is missing, doubled or not of the scheme's form. */
export function parseClaim(scheme: WebhookScheme, headers: WebhookHeaders): Claim {
  switch (scheme.name) {
    case 'standard-webhooks':
      return parseStandardWebhooks(scheme, headers);
    case 'github':
      return parseBodyHmac(scheme, headers);
    case 'timestamped':
      return parseTimestamped(scheme, headers);
    case 'static-token':
      return parseStaticToken(scheme, headers);
    default:
      return unreachable(scheme);
  }
}

function parseStandardWebhooks(
  { headerPrefix }: Named<'standard-webhooks'>,
  headers: WebhookHeaders,
): HmacClaim {
  const deliveryId = parseDeliveryId(get(headers, `${headerPrefix}id`), `${headerPrefix}id`);
  const timestamp = get(headers, `${headerPrefix}timestamp`);
  const list = get(headers, `${headerPrefix}signature`).split(' ');
  // A list with anything else in it was joined by a proxy from two headers.
  const wellFormed = list.every((item) => /^v\d+[a-z]*,[A-Za-z0-9+/=]+$/.test(item));
  if (!wellFormed || list.length > SIGNATURES_MAX) {
    throw new UnreadableClaim('the signature list has another form');
  }
  // Other versions (`v1a` is asymmetric) may stand beside the one understood here.
  const signatures = list.filter((item) => item.startsWith('v1,')).map((item) => item.slice(3));
  return {
    proof: 'hmac',
    digest: 'sha256',
    signedPrefix: `${deliveryId}.${timestamp}.`,
    signatures: decodeSignatures(signatures, 'base64'),
    keyEncoding: 'whsec',
    timestampSeconds: parseTimestamp(timestamp),
    deliveryId,
  };
}

function parseBodyHmac(scheme: Named<'github'>, headers: WebhookHeaders): HmacClaim {
  const prefix = scheme.prefix ?? `${scheme.digest}=`;
  const signature = withoutPrefix(get(headers, scheme.header), prefix, scheme.header);
  return {
    proof: 'hmac',
    digest: scheme.digest,
    signedPrefix: '',
    signatures: decodeSignatures([signature], scheme.encoding),
    keyEncoding: 'text',
    ...findDeliveryId(headers, scheme.deliveryIdHeader),
  };
}

function parseTimestamped(scheme: Named<'timestamped'>, headers: WebhookHeaders): HmacClaim {
  const pairs = get(headers, scheme.header)
    .split(',')
    .slice(0, SIGNATURES_MAX)
    .map((pair): [string, string] => {
      const [key = '', ...rest] = pair.trim().split('=');
      return [key, rest.join('=')];
    });
  const valuesOf = (wanted: string): string[] =>
    pairs.filter(([key]) => key === wanted).map(([, value]) => value);
  const [timestamp = '', ...others] = valuesOf(scheme.timestampKey);
  if (others.length > 0) throw new UnreadableClaim('more than one timestamp');
  return {
    proof: 'hmac',
    digest: scheme.digest,
    timestampSeconds: parseTimestamp(timestamp),
    signedPrefix: `${timestamp}.`,
    signatures: decodeSignatures(valuesOf(scheme.signatureKey), scheme.encoding),
    keyEncoding: 'text',
    ...findDeliveryId(headers, scheme.deliveryIdHeader),
  };
}

function parseStaticToken(scheme: Named<'static-token'>, headers: WebhookHeaders): TokenClaim {
  return {
    proof: 'token',
    token: withoutPrefix(get(headers, scheme.header), scheme.prefix, scheme.header),
    ...findDeliveryId(headers, scheme.deliveryIdHeader),
  };
}

/** A sender in rotation sends two; the bound keeps a header from buying unbounded work. */
const SIGNATURES_MAX = 16;

function get(headers: WebhookHeaders, name: string): string {
  const reading = readSingleHeader(headers, name);
  if ('problem' in reading) throw new UnreadableClaim(`the ${name} header is ${reading.problem}`);
  return reading.value;
}

function withoutPrefix(value: string, prefix: string, header: string): string {
  if (!value.startsWith(prefix)) throw new UnreadableClaim(`${header} has another form`);
  return value.slice(prefix.length);
}

const encodings = {
  // One case throughout: a signature with one letter's case changed is an altered one.
  hex: /^(([0-9a-f]{2})+|([0-9A-F]{2})+)$/,
  base64: /^[A-Za-z0-9+/]+={0,2}$/,
} as const;

/** Strict: Buffer.from skips what it does not know, and would let altered signatures pass. */
function decodeSignatures(texts: readonly string[], encoding: 'hex' | 'base64'): Buffer[] {
  const decoded = texts
    .filter((text) => encodings[encoding].test(text))
    .map((text) => ({ text, bytes: Buffer.from(text, encoding) }))
    .filter(({ text, bytes }) => encoding === 'hex' || bytes.toString('base64') === text);
  if (decoded.length === 0) throw new UnreadableClaim('no signature of the expected form');
  return decoded.map(({ bytes }) => bytes);
}

function parseTimestamp(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new UnreadableClaim('no timestamp in whole seconds');
  return Number(text);
}

function findDeliveryId(
  headers: WebhookHeaders,
  name: string | undefined,
): { deliveryId?: string } {
  if (name === undefined) return {};
  const reading = readSingleHeader(headers, name);
  if ('value' in reading) return { deliveryId: parseDeliveryId(reading.value, name) };
  if (reading.problem === 'missing') return {};
  throw new UnreadableClaim(`the ${name} header is duplicated`);
}

/** A comma would be two headers joined by a proxy. */
function parseDeliveryId(text: string, header: string): string {
  if (!/^[!-+\--~]{1,200}$/.test(text)) throw new UnreadableClaim(`${header} is not an id`);
  return text;
}
