import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { JobType } from '../../../../shared/jobs/job-type.ts';
import { isJsonObject } from '../../../../shared/kernel/json.ts';
import { automox } from '../../../../shared/providers/automox/automox.ts';
import { AutomoxCredential, authorize } from '../../../../shared/providers/automox/credential.ts';
import { operations } from '../../../../shared/providers/automox/operations.ts';
import { PolicyCreateParams } from '../../../../shared/providers/automox/policy/policy-params.ts';

const account = { provider: 'automox', organizationId: 9237 } as const;
const budgets = automox.limitsOf(account).map(({ budget }) => budget);

describe('the Automox provider', () => {
  it('spends every call from the account, after what is scarcer', () => {
    for (const operation of Object.values(automox.operations)) {
      expect(operation.budgets.at(-1)).toBe('account');
      expect(operation.budgets.every((budget) => budgets.includes(budget))).toBe(true);
    }
  });

  it('reads with GET and nothing else', () => {
    for (const { method, repeat } of Object.values(automox.operations)) {
      expect(repeat === 'safe').toBe(method === 'GET');
    }
  });

  it('names the organization in every call but the one that lists organizations', () => {
    expect(automox.accountQuery(account, operations.listServers)).toEqual({ o: 9237 });
    expect(automox.accountQuery(account, operations.listOrganizations)).toEqual({});
  });

  it('carries the key as a bearer token that cannot be printed', () => {
    const credential = z.parse(AutomoxCredential, { apiKey: ' key-1\n' });
    const headers = authorize(credential);
    expect(JSON.stringify({ credential, headers })).not.toContain('key-1');
    expect(headers['authorization']?.reveal()).toBe('Bearer key-1');
  });

  it('takes a credential of exactly one key', () => {
    for (const wrong of [{}, { apiKey: '' }, { apiKey: 'a', user: 'b' }, 'a', null]) {
      expect(z.safeParse(automox.credential, wrong).success).toBe(false);
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

const isVendorBody = ({ type, params }: JobType): boolean =>
  params === PolicyCreateParams || type === 'automox.call';

describe('each Automox job type', () => {
  it('explains every field of its parameters, but those that are a body of Automox itself', () => {
    for (const { type, params } of automox.jobTypes.filter((it) => !isVendorBody(it))) {
      expect(unexplained(z.toJSONSchema(params, { io: 'input' })), type).toEqual([]);
    }
  });

  for (const { type, params, example, budget, shards } of automox.jobTypes) {
    it(`${type} takes its own example`, () => {
      expect(z.safeParse(params, example)).toMatchObject({ success: true });
    });

    it(`${type} waits for a budget of the table`, () => {
      expect(budgets).toContain(budget);
      expect(shards).toBeGreaterThanOrEqual(1);
    });

    it(`${type} publishes its parameters as JSON Schema`, () => {
      const schema: unknown = z.toJSONSchema(params, { io: 'input' });
      expect(JSON.parse(JSON.stringify(schema))).toMatchObject({ $schema: expect.any(String) });
    });

    it(`${type} refuses an unknown field by its name`, () => {
      const wrong = { ...(isJsonObject(example) ? example : {}), devics: [1] };
      const parsed = z.safeParse(params, wrong);
      expect(parsed.error?.issues).toContainEqual(expect.objectContaining({ keys: ['devics'] }));
    });
  }
});
