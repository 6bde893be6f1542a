import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readVendorBody } from '../../../../shared/http/vendor-body.ts';
import type { AnsweredResult } from '../../../../shared/http/vendor-client.ts';
import {
  authorize,
  exchangeForToken,
  OpsRampCredential,
  readToken,
} from '../../../../shared/providers/opsramp/credential.ts';
import { account } from './sample-account.ts';

const answered = (status: number, value: unknown): AnsweredResult => ({
  kind: 'answered',
  status,
  headers: {},
  body: readVendorBody(JSON.stringify(value), 'application/json'),
  sentAtMs: 0,
  answeredAtMs: 1,
  elapsedMs: 1,
});

const good = { access_token: 'tok-1', token_type: 'bearer', expires_in: '7199' };

describe('an OpsRamp credential', () => {
  it('is a key and a secret, trimmed, of which the secret cannot be printed', () => {
    const credential = z.parse(OpsRampCredential, { key: ' k-1\n', secret: ' hush \n' });
    expect(credential.key).toBe('k-1');
    expect(credential.secret.reveal()).toBe('hush');
    expect(JSON.stringify(credential)).not.toContain('hush');
  });

  it.each([
    {},
    { key: 'k' },
    { key: '', secret: 's' },
    { key: 'k', secret: 's', more: 1 },
    'k',
    null,
  ])('is not %j', (wrong) => {
    expect(z.safeParse(OpsRampCredential, wrong).success).toBe(false);
  });

  it.each(['/auth/oauth/token', '/tenancy/auth/oauth/token'] as const)(
    'is exchanged as a form at %s, charged as a write',
    (tokenPath) => {
      const credential = z.parse(OpsRampCredential, { key: 'k', secret: 's' });
      const call = exchangeForToken(credential, { ...account, tokenPath });
      expect(call.operation).toMatchObject({
        method: 'POST',
        path: tokenPath,
        budgets: ['other.write'],
      });
      expect(call.form).toEqual({
        grant_type: 'client_credentials',
        client_id: 'k',
        client_secret: credential.secret,
      });
      expect(call.body).toBeUndefined();
    },
  );
});

describe('readToken', () => {
  it.each([
    ['7199', 7_199_000],
    [7_199, 7_199_000],
    [30, 30_000],
    ['0', 0],
    [-5, 0],
    [999_999_999, 86_400_000],
  ])('takes a life of %j seconds', (expires_in, lifeMs) => {
    const token = readToken(answered(200, { ...good, expires_in }));
    expect(token.lifeMs).toBe(lifeMs);
    expect(authorize(token.value)['authorization']).toMatchObject({});
    expect(JSON.stringify(authorize(token.value))).not.toContain('tok-1');
  });

  it('makes a bearer header of the token', () => {
    const { authorization } = authorize(readToken(answered(200, good)).value);
    expect(typeof authorization === 'object' && authorization.reveal()).toBe('Bearer tok-1');
  });

  it.each([
    [{ ...good, access_token: '' }],
    [{ ...good, expires_in: 'soon' }],
    [{ ...good, token_type: 'mac' }],
    [{ access_token: 'tok-1' }],
    [[]],
    ['tok-1'],
  ])('finds no token in %j, and does not quote it', (body) => {
    let thrown: unknown;
    try {
      readToken(answered(200, body));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'provider.malformed-answer' });
    expect(String(thrown)).not.toContain('tok-1');
  });

  it.each([
    [400, { error: 'unsupported_grant_type' }, 'provider.unauthorized', 'key and secret'],
    [401, { error: 'unauthorized' }, 'provider.unauthorized', 'key and secret'],
    [404, { error: 'error' }, 'provider.unauthorized', 'tokenPath'],
    [503, {}, 'provider.unavailable', '503'],
  ])('throws what %i means there', (status, body, code, text) => {
    expect(() => readToken(answered(status, body))).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(text) }),
    );
  });
});
