import { describe, expect, it } from 'vitest';
import { WebhookScheme, type WebhookSchemeName } from '../../../shared/webhooks/webhook-scheme.ts';

describe('a webhook scheme in a config', () => {
  it.each<[WebhookSchemeName, WebhookScheme]>([
    ['standard-webhooks', { name: 'standard-webhooks', headerPrefix: 'webhook-' }],
    [
      'github',
      {
        name: 'github',
        header: 'x-hub-signature-256',
        digest: 'sha256',
        encoding: 'hex',
        deliveryIdHeader: 'x-github-delivery',
      },
    ],
    [
      'timestamped',
      {
        name: 'timestamped',
        header: 'stripe-signature',
        timestampKey: 't',
        signatureKey: 'v1',
        digest: 'sha256',
        encoding: 'hex',
      },
    ],
    ['static-token', { name: 'static-token', header: 'x-webhook-token', prefix: '' }],
  ])('of the name %s alone is its usual form', (name, scheme) => {
    expect(WebhookScheme.parse(name)).toEqual(scheme);
    expect(WebhookScheme.parse({ name })).toEqual(scheme);
  });

  it.each([
    ['an unknown name', 'md5', 'name'],
    ['nothing', undefined, ''],
    ['an unknown field', { name: 'github', heder: 'x' }, ''],
    ['a secret', { name: 'static-token', secret: 'x' }, ''],
    ['a header that is none', { name: 'github', header: 'x y' }, 'header'],
    ['a broken digest', { name: 'github', digest: 'md5' }, 'digest'],
    ['SHA-1 with a timestamp', { name: 'timestamped', digest: 'sha1' }, 'digest'],
  ])('is refused for %s, with the field named', (_name, value, field) => {
    const { error } = WebhookScheme.safeParse(value);
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
  });
});
