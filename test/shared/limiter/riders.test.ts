import { describe, expect, it } from 'vitest';
import type { BudgetOverride } from '../../../shared/config/sluice-config.ts';
import { minutes, seconds } from '../../../shared/kernel/duration.ts';
import {
  assertRidersFit,
  type Budget,
  type BudgetLimit,
  budgetsToHold,
  describeBudgets,
} from '../../../shared/limiter/budget.ts';
import { limits } from '../../../shared/providers/automox/limits.ts';
import { createBench } from './model/bench.ts';
import { strictBudget } from './model/sample-budgets.ts';

const ACCOUNT_ID = 'automox/acme/account';
const BATCH_ID = 'automox/acme/servers.batch';

type Overrides = Readonly<Record<string, BudgetOverride>>;

function budgetsOf(overrides: Overrides = {}, rows: readonly BudgetLimit[] = limits) {
  const all = describeBudgets('automox', 'acme', rows, overrides);
  const get = (name: string): Budget => {
    const budget = all.find((it) => it.name === name);
    if (budget) return budget;
    throw new RangeError(name);
  };
  const held = budgetsToHold([get('servers.batch'), get('account')]).map(({ name }) => name);
  return { account: get('account'), batch: get('servers.batch'), list: get('servers.list'), held };
}

describe('servers.batch, which rides on the margin of the account', () => {
  it('holds its own permit alone, and the account leaves room for all of its calls at once', () => {
    const { account, held } = budgetsOf();
    expect(held).toEqual(['servers.batch']);
    expect(account).toMatchObject({ requests: 100 - 2 - 5, carriedRequests: 5 });
  });

  it('takes more of the account where an override loosens it, and less where it tightens it', () => {
    const loose = budgetsOf({ [BATCH_ID]: { requests: 8 } });
    expect([loose.account.requests, ...loose.held]).toEqual([90, 'servers.batch']);
    const tight = budgetsOf({ [BATCH_ID]: { requests: 1 } });
    expect([tight.account.requests, ...tight.held]).toEqual([97, 'servers.batch']);
  });

  it.each<{ when: string; overrides: Overrides; requests: number }>([
    { when: 'the account is exact', overrides: { [ACCOUNT_ID]: { mode: 'strict' } }, requests: 98 },
    { when: 'it is not exact', overrides: { [BATCH_ID]: { mode: 'nominal' } }, requests: 98 },
    {
      when: 'it would take over a tenth',
      overrides: { [BATCH_ID]: { requests: 10 } },
      requests: 98,
    },
    { when: 'the account is small', overrides: { [ACCOUNT_ID]: { requests: 40 } }, requests: 40 },
    {
      when: 'its window is shorter',
      overrides: { [BATCH_ID]: { windowSeconds: 0.5 } },
      requests: 98,
    },
  ])('holds the account as well where $when', ({ overrides, requests }) => {
    const { account, batch, held } = budgetsOf(overrides);
    expect(held).toEqual(['servers.batch', 'account']);
    expect([account.requests, account.carriedRequests, batch.ridesOn]).toEqual([
      requests,
      undefined,
      undefined,
    ]);
  });

  it('is taken off what an override says of the account: calls in all stay within it', () => {
    expect(budgetsOf({ [ACCOUNT_ID]: { requests: 60 } }).account.requests).toBe(55);
  });

  it('writes nothing for the account: two writes a call where nobody waits', async () => {
    const { account, batch } = budgetsOf();
    const bench = createBench(batch);
    await bench.answered(await bench.take('a'));
    expect(await bench.store.find(account.id)).toBeUndefined();
    expect((await bench.limiter.read(batch)).version).toBe(2);
  });

  it('stops with the account all the same, and spends nothing', async () => {
    const { account, batch } = budgetsOf();
    const bench = createBench(batch);
    await bench.limiter.block(account, seconds(10));
    expect(await bench.ask('a')).toMatchObject({ reason: 'blocked', budgetId: account.id });
    await bench.clock.advanceBy(minutes(1));
    await bench.limiter.pause(account);
    expect(await bench.ask('a')).toMatchObject({ reason: 'paused', budgetId: account.id });
    expect(await bench.store.find(batch.id)).toBeUndefined();
    await bench.limiter.resume(account);
    expect(await bench.ask('a')).toMatchObject({ granted: true });
  });

  it('gives back what was taken before the account stopped it', async () => {
    const { account, batch } = budgetsOf();
    const scarcer = strictBudget(1, minutes(1));
    const bench = createBench(scarcer);
    await bench.limiter.block(account, seconds(10));
    const stopped = await bench.ask('a', { budgets: [scarcer, batch] });
    expect(stopped).toMatchObject({ granted: false, budgetId: account.id });
    expect(await bench.ask('b')).toMatchObject({ granted: true });
  });
});

describe('a row that says it rides', () => {
  const change = (budget: string, changes: Partial<BudgetLimit>): readonly BudgetLimit[] =>
    limits.map(
      (limit): BudgetLimit => (limit.budget === budget ? { ...limit, ...changes } : limit),
    );

  it.each([
    { what: 'on what is not there', rows: change('servers.batch', { ridesOn: 'nowhere' }) },
    { what: 'on an exact limit', rows: change('account', { mode: 'strict' }) },
    { what: 'with more than a tenth', rows: change('servers.list', { ridesOn: 'account' }) },
    { what: 'where no margin is left beside it', rows: change('account', { margin: 0 }) },
  ])('$what is a defect', ({ rows }) => {
    expect(() => assertRidersFit(rows)).toThrow(/rides? on|margin/);
  });
});
