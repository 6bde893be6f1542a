import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseThrottleSignals,
  type RateLimitDialect,
  WAIT_MS_MAX,
} from '../../shared/http/throttle-signals.ts';
import { describeBudgets } from '../../shared/limiter/budget.ts';
import { requestsAllowed } from '../../shared/limiter/window.ts';
import type { AnyAccount } from '../../shared/providers/provider.ts';
import type { ProviderCase } from './provider.ts';

const NOW_MS = Date.UTC(2026, 2, 1);

const namesOf = ({ limit, remaining, reset, resetDate = [] }: RateLimitDialect) => [
  ...['retry-after', 'date'],
  ...[...limit, ...remaining, ...reset, ...resetDate],
];

/** Numbers in any unit, dates in any form, quotes, and nonsense. */
const values = fc.oneof(
  fc.integer({ min: -10, max: 100 }).map(String),
  fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map(String),
  fc.integer({ min: NOW_MS / 1000 - 9_000, max: NOW_MS / 1000 + 9_000 }).map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.nat(10_000).map((count) => `"${count}"`),
  fc.string({ maxLength: 30 }),
);

export function describeThrottling<A extends AnyAccount>(given: ProviderCase<A>): void {
  const { provider, accounts } = given;
  const [account] = accounts;
  const limits = provider.limitsOf(account);
  const budgets = describeBudgets(provider.name, 'acme', limits, {});
  const operations = Object.values(provider.operations);
  const headers = fc
    .array(fc.tuple(fc.constantFrom(...namesOf(provider.rateLimitDialect)), values))
    .map((entries): Record<string, string> => Object.fromEntries(entries));
  const signals = headers.map((given) =>
    parseThrottleSignals(given, provider.rateLimitDialect, NOW_MS),
  );
  const documentedMsOf = (budget: string | undefined): number =>
    limits.find((limit) => limit.budget === budget)?.throttledMs ?? 0;

  describe('a 429', () => {
    it('stops a budget for a time between nothing and two hours, whatever its headers', () => {
      fc.assert(
        fc.property(fc.constantFrom(...operations), signals, (operation, told) => {
          const documentedMs = documentedMsOf(operation.budgets[0]);
          const waitMs = provider.throttledMs(operation, told, documentedMs);
          expect(waitMs).toBeGreaterThanOrEqual(0);
          expect(waitMs).toBeLessThanOrEqual(WAIT_MS_MAX);
        }),
      );
    });

    it.each(operations)('without instruction stops $id as long as is documented', (operation) => {
      const documentedMs = documentedMsOf(operation.budgets[0]);
      expect(provider.throttledMs(operation, {}, documentedMs)).toBe(documentedMs);
    });
  });

  describe('the headers of an answer', () => {
    it.each(operations)('describe, of $id, a budget that it spends, or none', (operation) => {
      const taught = provider.taughtBudgetOf(operation);
      expect([...operation.budgets, undefined]).toContain(taught);
    });

    it('never raise a limit', () => {
      fc.assert(
        fc.property(fc.constantFrom(...budgets), signals, (budget, { limit: learned }) => {
          const state = learned === undefined ? {} : { learnedRequests: learned };
          expect(requestsAllowed(budget, state)).toBeLessThanOrEqual(budget.requests);
        }),
      );
    });
  });
}
