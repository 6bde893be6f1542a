import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ProviderError } from '../../shared/errors/provider-error.ts';
import { buildUrl } from '../../shared/http/vendor-url.ts';
import { Secret } from '../../shared/kernel/secret.ts';
import type { AnyAccount, AuthorizationHeaders } from '../../shared/providers/provider.ts';
import { answerOf, jsonAnswer, someBodies, statuses } from './answers.ts';
import type { ProviderCase } from './provider.ts';

const printed = (value: unknown): string =>
  `${inspect(value, { depth: 9 })} ${JSON.stringify(value)} ${String(value)}`;

export function describeAccess<A extends AnyAccount>(given: ProviderCase<A>): void {
  const { provider, accounts, hosts, secret } = given;
  const hidden = Object.values(secret);
  const credential = () => z.parse(provider.credential, secret);
  const expectHidden = (headers: AuthorizationHeaders): void => {
    expect(Object.values(headers).some((value) => value instanceof Secret)).toBe(true);
    expect(hidden.filter((text) => printed(headers).includes(text))).toEqual([]);
  };

  describe.each(accounts)('calls of %j', (account) => {
    it('go by https to a host that is listed', () => {
      const { protocol, hostname, username, search } = new URL(provider.baseUrl(account));
      expect([protocol, username, search]).toEqual(['https:', '', '']);
      expect(hosts).toContain(hostname);
    });

    it.each(Object.values(provider.operations))('stay there: $id', (operation) => {
      const base = provider.baseUrl(account);
      const own = provider.accountPath(account);
      const params = Object.fromEntries(
        [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, own[name] ?? 1]),
      );
      const query = provider.accountQuery(account, operation);
      const { href } = buildUrl({ base, path: operation.path, params, query });
      expect(href.startsWith(`${base}/`)).toBe(true);
    });
  });

  describe('the credential', () => {
    it('is the documented JSON and nothing else', () => {
      expect(z.safeParse(provider.credential, secret).success).toBe(true);
      for (const wrong of [{}, null, 'key', [], { ...secret, more: '1' }]) {
        expect(z.safeParse(provider.credential, wrong).success).toBe(false);
      }
    });

    it('becomes headers that nobody can print', () => {
      const { authorization } = provider;
      const headers =
        authorization.kind === 'credential'
          ? authorization.headers(credential())
          : authorization.headers(new Secret(hidden[0] ?? ''));
      expectHidden(headers);
    });
  });

  describeTokenCall(given);
}

function describeTokenCall<A extends AnyAccount>(given: ProviderCase<A>): void {
  const { provider, accounts, secret } = given;
  const { authorization } = provider;
  if (authorization.kind !== 'token') return;
  const [account] = accounts;
  const { operation, form = {} } = authorization.exchange(
    z.parse(provider.credential, secret),
    account,
  );

  describe('the call that gives a token', () => {
    it('spends a budget, and is out of reach for jobs', () => {
      const names = provider.limitsOf(account).map(({ budget }) => budget);
      expect(operation.budgets.filter((name) => !names.includes(name))).toEqual([]);
      expect(operation.budgets.length).toBeGreaterThan(0);
      expect(Object.values(provider.operations).map(({ id }) => id)).not.toContain(operation.id);
    });

    it('holds the secret where nobody can print it', () => {
      expect(Object.values(form).some((value) => value instanceof Secret)).toBe(true);
      expect(printed(form)).not.toContain(secret['secret']);
    });

    it('gives a token with a life, or a typed error, whatever the answer', () => {
      const bodies = fc.oneof(
        fc.constantFrom(...someBodies),
        fc.jsonValue().map((value) => jsonAnswer(value)),
      );
      fc.assert(
        fc.property(fc.constantFrom(...statuses), bodies, (status, body) => {
          try {
            const { value, lifeMs } = authorization.readToken(answerOf(status, body));
            expect(value).toBeInstanceOf(Secret);
            expect(lifeMs).toBeGreaterThanOrEqual(0);
          } catch (error) {
            expect(error).toBeInstanceOf(ProviderError);
          }
        }),
      );
    });
  });
}
