import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { isJsonObject } from '../../../../shared/kernel/json.ts';
import { operations } from '../../../../shared/providers/opsramp/operations.ts';
import { opsramp } from '../../../../shared/providers/opsramp/opsramp.ts';
import { account } from './sample-account.ts';

describe('the OpsRamp provider', () => {
  it('calls the host of the account, and names its tenant in path or query', () => {
    expect(opsramp.baseUrl({ ...account, host: 'acme.api.opsramp.com' })).toBe(
      'https://acme.api.opsramp.com',
    );
    expect(opsramp.accountPath(account)).toEqual({ tenantId: 'client_42' });
    expect(opsramp.accountQuery(account, operations.searchAlerts)).toEqual({});
    expect(opsramp.accountQuery(account, operations.searchMetrics)).toEqual({
      tenant: 'client_42',
    });
  });

  it('has the limits of the column that the account names', () => {
    const perMinute = (scope: 'client' | 'partner') =>
      opsramp.limitsOf({ ...account, scope }).map(({ requests }) => requests);
    expect(perMinute('partner')).toEqual(perMinute('client').map((requests) => requests * 3));
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

/** Its parameters are the table. */
const named = opsramp.jobTypes.filter(({ type }) => type !== 'opsramp.call');

describe.each(named)('$type', ({ params, example, budget, shards, type }) => {
  it('explains every field of its parameters', () => {
    expect(unexplained(z.toJSONSchema(params, { io: 'input' }))).toEqual([]);
  });

  it('takes its own example', () => {
    expect(z.safeParse(params, example)).toMatchObject({ success: true });
  });

  it('waits for a budget of the table', () => {
    expect(opsramp.limitsOf(account).map((limit) => limit.budget)).toContain(budget);
    expect(shards).toBeGreaterThanOrEqual(1);
    expect(type).toMatch(/^opsramp\.[a-z]+\.[a-z]+$/);
  });

  it('refuses an unknown field by its name', () => {
    const wrong = { ...(isJsonObject(example) ? example : {}), alrts: [1] };
    const parsed = z.safeParse(params, wrong);
    expect(parsed.error?.issues).toContainEqual(expect.objectContaining({ keys: ['alrts'] }));
  });
});
