import { describe, expect, it } from 'vitest';
import { WAIT_MS_MAX } from '../../shared/http/throttle-signals.ts';
import { assertRidersFit } from '../../shared/limiter/budget.ts';
import type { AnyAccount } from '../../shared/providers/provider.ts';
import type { ProviderCase } from './provider.ts';

/** The one budget that every call of an account spends, where the vendor has such a limit. */
const ACCOUNT_WIDE = 'account';

export function describeLimits<A extends AnyAccount>(given: ProviderCase<A>): void {
  const { provider, accounts } = given;
  const operations = Object.values(provider.operations);

  describe.each(accounts)('limits of %j', (account) => {
    const limits = provider.limitsOf(account);
    const names = limits.map(({ budget }) => budget);

    it('are there, each with a name of its own that fits into the name of a line', () => {
      expect(names.length).toBeGreaterThan(0);
      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => !/^[a-z][\w.-]{0,31}$/.test(name))).toEqual([]);
    });

    it.each(limits)('say of $budget how many in which time, and who says so', (limit) => {
      const { requests, margin, windowMs, throttledMs, source } = limit;
      expect(Number.isInteger(requests - margin)).toBe(true);
      expect(requests - margin).toBeGreaterThan(0);
      expect(margin).toBeGreaterThanOrEqual(0);
      expect(windowMs).toBeGreaterThan(0);
      expect(throttledMs).toBeGreaterThan(0);
      expect(throttledMs).toBeLessThanOrEqual(WAIT_MS_MAX);
      expect(source).toMatch(/\w{3}/);
    });

    it('leave room for what rides on them', () => {
      expect(() => assertRidersFit(limits)).not.toThrow();
    });

    it.each(operations)('hold every budget that $id spends, each once', ({ budgets }) => {
      expect(budgets.length).toBeGreaterThan(0);
      expect(new Set(budgets).size).toBe(budgets.length);
      expect(budgets.filter((name) => !names.includes(name))).toEqual([]);
    });

    it('are spent by every call where they are account-wide, as the last', () => {
      const wide = names.filter((name) => name === ACCOUNT_WIDE);
      const strays = operations.filter(
        ({ budgets }) => wide.length > 0 && budgets.at(-1) !== ACCOUNT_WIDE,
      );
      expect(strays.map(({ id }) => id)).toEqual([]);
    });
  });
}
