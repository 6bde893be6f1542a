import { describe, expect, it } from 'vitest';
import { safeHeaders } from '../../../shared/webhooks/request-headers.ts';
import { WebhookScheme } from '../../../shared/webhooks/webhook-scheme.ts';

describe('the headers that a mapping sees', () => {
  it('are single values under lower-case names', () => {
    const headers = { 'X-GitHub-Event': 'push', 'x-twice': ['a', 'b'], 'x-none': undefined };
    expect(safeHeaders(headers, WebhookScheme.parse('github'))).toEqual({
      'x-github-event': 'push',
    });
  });

  it.each([
    'Authorization',
    'Proxy-Authorization',
    'Cookie',
    'X-Hub-Signature-256',
    'webhook-signature',
    'X-Gitlab-Token',
    'X-Api-Key',
    'X-Amz-Security-Token',
    'X-Client-Secret',
  ])('do not hold %s', (name) => {
    expect(safeHeaders({ [name]: 'v' }, WebhookScheme.parse('standard-webhooks'))).toEqual({});
  });

  it('do not hold the header in which this source proves itself', () => {
    const scheme = WebhookScheme.parse({ name: 'static-token', header: 'X-Knock' });
    expect(safeHeaders({ 'x-knock': 'v', 'x-event': 'e' }, scheme)).toEqual({ 'x-event': 'e' });
  });
});
