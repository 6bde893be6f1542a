import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { isJsonObject } from '../../../../shared/kernel/json.ts';
import { amp } from '../../../../shared/providers/amp/amp.ts';
import { AmpCredential, authorize } from '../../../../shared/providers/amp/credential.ts';

const account = (region: 'nam' | 'eu' | 'apjc') => ({ provider: 'amp', region }) as const;
const budgets = amp.limitsOf(account('nam')).map(({ budget }) => budget);

describe('the Cisco AMP provider', () => {
  it('sends the credential of the documentation as the documentation does', () => {
    const credential = z.parse(AmpCredential, { clientId: '1234', apiKey: 'atest\n' });
    const headers = authorize(credential);
    expect(headers['authorization']?.reveal()).toBe('Basic MTIzNDphdGVzdA==');
    expect(JSON.stringify({ credential, headers })).not.toContain('atest');
    expect(JSON.stringify(headers)).not.toContain('MTIz');
  });

  it('takes a credential of a client id without a colon, and a key', () => {
    for (const wrong of [
      {},
      { clientId: '1234' },
      { clientId: '12:34', apiKey: 'a' },
      { clientId: '', apiKey: 'a' },
      { clientId: '1234', apiKey: '' },
      { clientId: '1234', apiKey: 'a', region: 'eu' },
      'MTIzNDphdGVzdA==',
      null,
    ]) {
      expect(z.safeParse(amp.credential, wrong).success).toBe(false);
    }
  });

  it('calls the host of the region', () => {
    expect(amp.baseUrl(account('nam'))).toBe('https://api.amp.cisco.com/v1');
    expect(amp.baseUrl(account('eu'))).toBe('https://api.eu.amp.cisco.com/v1');
    expect(amp.baseUrl(account('apjc'))).toBe('https://api.apjc.amp.cisco.com/v1');
  });

  it('has one budget of 3,000 requests in any hour, and every call spends from it', () => {
    expect(amp.limitsOf(account('eu'))).toMatchObject([
      { budget: 'account', requests: 3_000, windowMs: 3_600_000, margin: 0, mode: 'strict' },
    ]);
    for (const operation of Object.values(amp.operations)) {
      expect(operation.budgets).toEqual(['account']);
    }
  });

  it('reads with GET and nothing else, and names no operation twice', () => {
    const operations = Object.values(amp.operations);
    for (const { method, repeat } of operations) {
      expect(repeat === 'safe').toBe(method === 'GET');
    }
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  });

  it('checks a value for every placeholder of every path', () => {
    for (const { path, params } of Object.values(amp.operations)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys(params?.path?.shape ?? {})).toEqual(names);
    }
  });
});

/** Paths of the fields, at any depth, that a schema does not explain. */
function unexplained(schema: unknown, path = ''): string[] {
  if (Array.isArray(schema)) return schema.flatMap((part) => unexplained(part, path));
  if (!isJsonObject(schema)) return [];
  const { properties, ...rest } = schema;
  const fields = Object.entries(isJsonObject(properties) ? properties : {});
  return [
    ...fields.flatMap(([name, field]) => [
      ...(isJsonObject(field) && !field['description'] ? [`${path}.${name}`] : []),
      ...unexplained(field, `${path}.${name}`),
    ]),
    ...Object.values(rest).flatMap((part) => unexplained(part, path)),
  ];
}

describe('each Cisco AMP job type', () => {
  for (const { type, provider, params, example, budget, shards } of amp.jobTypes) {
    it(`${type} takes its own example`, () => {
      expect(z.safeParse(params, example)).toMatchObject({ success: true });
    });

    it(`${type} explains every field of its parameters, but those of Cisco AMP itself`, () => {
      if (type === 'amp.call') return;
      expect(unexplained(z.toJSONSchema(params, { io: 'input' }))).toEqual([]);
    });

    it(`${type} waits for a budget of the table`, () => {
      expect(provider).toBe('amp');
      expect(budgets).toContain(budget);
      expect(shards).toBeGreaterThanOrEqual(1);
    });

    it(`${type} refuses an unknown field by its name`, () => {
      const wrong = { ...(isJsonObject(example) ? example : {}), computrs: [1] };
      const parsed = z.safeParse(params, wrong);
      expect(parsed.error?.issues).toContainEqual(expect.objectContaining({ keys: ['computrs'] }));
    });
  }
});
