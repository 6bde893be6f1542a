import { createHmac } from 'node:crypto';
import { Secret } from '../../../shared/kernel/secret.ts';
import { WebhookScheme, type WebhookSchemeInput } from '../../../shared/webhooks/webhook-scheme.ts';

export const NOW_MS = 1_614_265_330_000;
export const TIMESTAMP = `${NOW_MS / 1_000}`;

/**
 * A sender of one scheme: what it puts into headers for a body, independent of the code under test.
 */
export interface Sender {
  readonly name: string;
  readonly scheme: WebhookScheme;
  readonly secret: Secret;
  readonly otherSecret: Secret;
  readonly proofHeader: string;
  headersFor(body: Uint8Array, timestamp?: string): Record<string, string>;
}

const scheme = (input: WebhookSchemeInput): WebhookScheme => WebhookScheme.parse(input);

const KEY = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

export const standardWebhooks: Sender = {
  name: 'standard-webhooks',
  scheme: scheme('standard-webhooks'),
  secret: new Secret(`whsec_${KEY}`),
  otherSecret: new Secret('whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'),
  proofHeader: 'webhook-signature',
  headersFor: (body, timestamp = TIMESTAMP) => {
    const hmac = createHmac('sha256', Buffer.from(KEY, 'base64'));
    const signature = hmac.update(`msg_1.${timestamp}.`).update(body).digest('base64');
    return {
      'webhook-id': 'msg_1',
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    };
  },
};

export const github: Sender = {
  name: 'github',
  scheme: scheme('github'),
  secret: new Secret("It's a Secret to Everybody"),
  otherSecret: new Secret('another secret'),
  proofHeader: 'x-hub-signature-256',
  headersFor: (body) => {
    const hmac = createHmac('sha256', "It's a Secret to Everybody").update(body);
    return {
      'x-hub-signature-256': `sha256=${hmac.digest('hex')}`,
      'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    };
  },
};

export const timestamped: Sender = {
  name: 'timestamped',
  scheme: scheme({ name: 'timestamped', header: 'X-Acme-Signature' }),
  secret: new Secret('acme-secret'),
  otherSecret: new Secret('acme-secret-2'),
  proofHeader: 'x-acme-signature',
  headersFor: (body, timestamp = TIMESTAMP) => {
    const hmac = createHmac('sha256', 'acme-secret').update(`${timestamp}.`).update(body);
    return { 'x-acme-signature': `t=${timestamp},v1=${hmac.digest('hex')}` };
  },
};

export const staticToken: Sender = {
  name: 'static-token',
  scheme: scheme({ name: 'static-token', header: 'authorization', prefix: 'Bearer ' }),
  secret: new Secret('s3cr3t-token'),
  otherSecret: new Secret('s3cr3t-tokem'),
  proofHeader: 'authorization',
  headersFor: () => ({ authorization: 'Bearer s3cr3t-token' }),
};

export const signers = [standardWebhooks, github, timestamped];
export const dated = [standardWebhooks, timestamped];
export const senders = [...signers, staticToken];
