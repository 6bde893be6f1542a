/** Signs as the senders of each scheme do, by code of its own. */
import { createHmac } from 'node:crypto';
import { randomId } from '../../../shared/kernel/ids.ts';
import type { WebhookSchemeInput } from '../../../shared/webhooks/webhook-scheme.ts';

interface Sender {
  readonly scheme: WebhookSchemeInput;
  readonly sign: (secret: string, body: string) => Readonly<Record<string, string>>;
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text);

const nowSeconds = (): string => String(Math.floor(Date.now() / 1000));

export const senders = {
  standard: {
    scheme: 'standard-webhooks',
    sign(secret, body) {
      const id = randomId('msg');
      const timestamp = nowSeconds();
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
      const digest = hmac(key, `${id}.${timestamp}.${body}`).digest('base64');
      return {
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${digest}`,
      };
    },
  },
  github: {
    scheme: 'github',
    sign: (secret, body) => ({
      'x-hub-signature-256': `sha256=${hmac(secret, body).digest('hex')}`,
      'x-github-delivery': randomId('delivery'),
    }),
  },
  stripe: {
    scheme: 'timestamped',
    sign(secret, body) {
      const timestamp = nowSeconds();
      const digest = hmac(secret, `${timestamp}.${body}`).digest('hex');
      return { 'stripe-signature': `t=${timestamp},v1=${digest}` };
    },
  },
  token: {
    scheme: { name: 'static-token', header: 'authorization', prefix: 'Bearer ' },
    sign: (secret) => ({ authorization: `Bearer ${secret}` }),
  },
} as const satisfies Record<string, Sender>;
