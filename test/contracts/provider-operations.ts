import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Operation } from '../../shared/jobs/operation.ts';
import type { AnyAccount } from '../../shared/providers/provider.ts';
import type { ProviderCase } from './provider.ts';

const placeholdersOf = ({ path }: Operation): readonly string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

const fieldsOf = (part: z.ZodObject | undefined): readonly string[] =>
  Object.keys(part?.shape ?? {});

const partsOf = ({ params = {} }: Operation): readonly z.ZodType[] =>
  [params.path, params.query, params.body].filter((part) => part !== undefined);

/** Whether the part names a field that nobody knows as such. */
const isStrict = (part: z.ZodType): boolean =>
  !(part instanceof z.ZodObject) ||
  (z
    .safeParse(part, { nobodyKnowsThis: 1 })
    .error?.issues.some(({ code }) => code === 'unrecognized_keys') ??
    false);

export function describeOperations<A extends AnyAccount>(given: ProviderCase<A>): void {
  const { provider, accounts } = given;
  const operations = Object.values(provider.operations);
  const [account] = accounts;

  describe('operations', () => {
    it('have ids of their own, the category first', () => {
      const ids = operations.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => !/^[a-z][\w-]*(\.[\w-]+)+$/.test(id))).toEqual([]);
    });

    it.each(operations)('fill each place in the path of $id once', (operation) => {
      const places = [
        ...fieldsOf(operation.params?.path),
        ...Object.keys(provider.accountPath(account)).filter((name) =>
          placeholdersOf(operation).includes(name),
        ),
      ];
      expect(operation.path).toMatch(/^(\/[\w.{}-]+)+$/);
      expect(places.sort()).toEqual([...placeholdersOf(operation)].sort());
    });

    it.each(operations)('leave nothing to a caller of $id that the account says', (operation) => {
      const own = Object.keys(provider.accountQuery(account, operation));
      const asked = fieldsOf(operation.params?.query);
      expect(asked.filter((name) => own.includes(name))).toEqual([]);
    });

    it.each(operations)('take of $id what its schemas know, which JSON Schema can say', (it) => {
      const parts = partsOf(it);
      expect(parts.filter((part) => !isStrict(part))).toEqual([]);
      for (const part of parts) {
        expect(z.toJSONSchema(part, { io: 'input' })).toBeTypeOf('object');
      }
    });

    it('say of nothing that replaces or deletes that it only reads', () => {
      const claimed = operations.filter(
        ({ method, repeat }) => ['PUT', 'PATCH', 'DELETE'].includes(method) && repeat === 'safe',
      );
      expect(claimed.map(({ id }) => id)).toEqual([]);
    });

    it('take no body with what only reads by GET', () => {
      const odd = operations.filter(
        ({ method, repeat, params }) => method === 'GET' && repeat === 'safe' && params?.body,
      );
      expect(odd.map(({ id }) => id)).toEqual([]);
    });

    it.each(operations)('say who documents $id', ({ source }) => {
      expect(source).toMatch(/\w{3}/);
    });
  });
}
