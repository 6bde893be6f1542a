import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/kernel/secret.ts';
import { verifyWebhook } from '../../../shared/webhooks/verify-webhook.ts';
import { WebhookScheme, type WebhookSchemeInput } from '../../../shared/webhooks/webhook-scheme.ts';

const nowMs = 1_614_265_330_000;

function verdictOf(
  scheme: WebhookSchemeInput,
  secret: string,
  headers: Record<string, string>,
  body: string,
) {
  return verifyWebhook({
    scheme: WebhookScheme.parse(scheme),
    headers,
    rawBody: Buffer.from(body),
    secrets: [new Secret(secret)],
    nowMs,
  });
}

describe('the vector of the Standard Webhooks reference libraries', () => {
  const secret = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const valid = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': valid,
  };
  const body = '{"test": 2432232314}';

  it.each([
    ['with the prefix of the secret', `whsec_${secret}`],
    ['without the prefix of the secret', secret],
  ])('is verified %s', (_name, written) => {
    expect(verdictOf('standard-webhooks', written, headers, body)).toEqual({
      verified: true,
      deliveryId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    });
  });

  it.each([
    ['after another signature', `v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= ${valid}`, true],
    ['beside another version', `v1a,AAAA ${valid} v2,BBBB`, true],
    ['as another version', valid.replace('v1,', 'v2,'), false],
    ['without its version', valid.slice(3), false],
    ['without its padding', valid.slice(0, -1), false],
    ['in the hex of another scheme', 'v1,83484cf52b04f8e4cf2531adfed9882a', false],
    ['after 16 others', `${'v1,AAAA '.repeat(16)}${valid}`, false],
  ])('given %s is accepted: %s', (_name, signature, verified) => {
    const changed = { ...headers, 'webhook-signature': signature };
    expect(verdictOf('standard-webhooks', secret, changed, body).verified).toBe(verified);
  });

  it('is verified under the header names of Svix', () => {
    const svix = Object.entries(headers).map(([name, value]) => [
      name.replace('webhook-', 'svix-'),
      value,
    ]);
    const scheme = { name: 'standard-webhooks', headerPrefix: 'svix-' } as const;
    expect(verdictOf(scheme, secret, Object.fromEntries(svix), body).verified).toBe(true);
    expect(verdictOf('standard-webhooks', secret, Object.fromEntries(svix), body).verified).toBe(
      false,
    );
  });

  it('is refused by a secret that is not base64', () => {
    expect(verdictOf('standard-webhooks', 'whsec_not*base64', headers, body).verified).toBe(false);
    expect(verdictOf('standard-webhooks', 'whsec_', headers, body).verified).toBe(false);
  });
});

describe("the vector of GitHub's documentation", () => {
  const secret = "It's a Secret to Everybody";
  const body = 'Hello, World!';
  const hex = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
  const sha1 = createHmac('sha1', secret).update(body).digest('hex');

  it('is verified', () => {
    const headers = { 'X-Hub-Signature-256': `sha256=${hex}` };
    expect(verdictOf('github', secret, headers, body).verified).toBe(true);
  });

  it.each<[string, WebhookSchemeInput, Record<string, string>, boolean]>([
    ['upper-case hex', 'github', { 'x-hub-signature-256': `sha256=${hex.toUpperCase()}` }, true],
    ['no prefix where one is due', 'github', { 'x-hub-signature-256': hex }, false],
    ['SHA-1 in its place', 'github', { 'x-hub-signature-256': `sha1=${sha1}` }, false],
    ['SHA-1 beside it', 'github', { 'x-hub-signature': `sha1=${sha1}` }, false],
    [
      'SHA-1 where the source names it',
      { name: 'github', digest: 'sha1', header: 'x-hub-signature' },
      { 'x-hub-signature': `sha1=${sha1}` },
      true,
    ],
    [
      'a header and prefix of its own',
      { name: 'github', header: 'X-Signature', prefix: '' },
      { 'x-signature': hex },
      true,
    ],
    [
      'base64',
      { name: 'github', prefix: '', encoding: 'base64' },
      { 'x-hub-signature-256': Buffer.from(hex, 'hex').toString('base64') },
      true,
    ],
    [
      'SHA-512',
      { name: 'github', digest: 'sha512' },
      {
        'x-hub-signature-256': `sha512=${createHmac('sha512', secret).update(body).digest('hex')}`,
      },
      true,
    ],
  ])('with %s is accepted as configured', (_name, scheme, headers, verified) => {
    expect(verdictOf(scheme, secret, headers, body).verified).toBe(verified);
  });
});

describe('a timestamped signature', () => {
  const body = '{"id":"evt_1"}';
  const sign = (secret: string): string =>
    createHmac('sha256', secret).update(`1614265330.${body}`).digest('hex');

  it.each([
    ['one', `t=1614265330,v1=${sign('k')}`, true],
    ['two, the second ours', `t=1614265330,v1=${sign('old')},v1=${sign('k')}`, true],
    ['spaces and an older version', `t=1614265330, v0=abc, v1=${sign('k')}`, true],
    ['only the older version', `t=1614265330,v0=${sign('k')}`, false],
    ['two timestamps', `t=1614265330,t=1614265330,v1=${sign('k')}`, false],
    ['no timestamp', `v1=${sign('k')}`, false],
  ])('with %s is accepted: %s', (_name, header, verified) => {
    const headers = { 'stripe-signature': header };
    expect(verdictOf('timestamped', 'k', headers, body).verified).toBe(verified);
  });
});
