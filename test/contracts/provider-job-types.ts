import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { workerMapping } from '../../functions/worker/contract.ts';
import type { AnyAccount } from '../../shared/providers/provider.ts';
import type { ProviderCase } from './provider.ts';

/** As many lines of one tenant as a lane's worker serves at once. */
const SHARDS_MAX = workerMapping.concurrencyMax;

export function describeJobTypes<A extends AnyAccount>(given: ProviderCase<A>): void {
  const { provider, accounts, withheld = [] } = given;
  const [account] = accounts;
  const budgets = provider.limitsOf(account).map(({ budget }) => budget);
  const { jobTypes } = provider;

  describe('job types', () => {
    it('have names of their own, below the name of the vendor', () => {
      const names = jobTypes.map(({ type }) => type);
      expect(new Set(names).size).toBe(names.length);
      const pattern = new RegExp(`^${provider.name}(\\.[a-z][a-z-]*)+$`);
      expect(names.filter((name) => !pattern.test(name))).toEqual([]);
    });

    it.each(jobTypes)('say in a sentence what $type does, and to whom', (jobType) => {
      expect(jobType.provider).toBe(provider.name);
      expect(jobType.description).toMatch(/^[A-Z].{10,}\.$/);
    });

    it.each(jobTypes)('take their own example: $type', ({ params, example }) => {
      expect(z.safeParse(params, example).error).toBeUndefined();
    });

    it.each(jobTypes)('name the field of $type that nobody knows', ({ params, example }) => {
      const [issue] =
        z.safeParse(params, {
          ...z.record(z.string(), z.json()).parse(example),
          nobodyKnowsThis: 1,
        }).error?.issues ?? [];
      expect(issue).toMatchObject({ code: 'unrecognized_keys', keys: ['nobodyKnowsThis'] });
    });

    it.each(jobTypes)('have a JSON Schema: $type', ({ params }) => {
      expect(z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' })).toBeTypeOf('object');
    });

    it.each(jobTypes)('wait in the line of a budget that there is: $type', (jobType) => {
      const { params, example } = jobType;
      expect(budgets).toContain(jobType.budget);
      expect(budgets).toContain(jobType.budgetOf?.(z.parse(params, example)) ?? jobType.budget);
      expect(Number.isInteger(jobType.shards)).toBe(true);
      expect(jobType.shards).toBeGreaterThanOrEqual(1);
      expect(jobType.shards).toBeLessThanOrEqual(SHARDS_MAX);
    });
  });

  describe(`${provider.name}.call`, () => {
    const call = jobTypes.find(({ type }) => type === `${provider.name}.call`);
    const issuesOf = (operation: string) =>
      z.safeParse(call?.params ?? z.never(), { operation }).error?.issues ?? [];

    it('is there', () => {
      expect(call).toBeDefined();
    });

    const ids = Object.values(provider.operations).map(({ id }) => id);
    const isReached = (id: string) => !issuesOf(id).some(({ path }) => path[0] === 'operation');

    it.each(ids.filter((id) => !withheld.includes(id)))('reaches %s', (id) => {
      expect(isReached(id)).toBe(true);
    });

    it('reaches nothing else', () => {
      expect([...withheld, 'no.such'].filter(isReached)).toEqual([]);
    });
  });
}
