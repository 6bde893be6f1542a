import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { minutes, seconds } from '../../../shared/kernel/duration.ts';
import type { BudgetStore } from '../../../shared/limiter/budget-store.ts';
import { GRANT_TO_SEND_MAX_MS, UNSETTLED_BOUND_MS } from '../../../shared/limiter/timings.ts';
import { countHeld } from '../../../shared/limiter/window.ts';
import { createBench } from './model/bench.ts';
import { nominalBudget, strictBudget } from './model/sample-budgets.ts';

const BUDGET = strictBudget(2, minutes(1));
const ACCOUNT = nominalBudget(93, seconds(1));

type Fault = 'none' | 'stored, then sent again' | 'stored, answer lost' | 'not stored';

/** Spends `faults` on the next writes, in order. */
function createFaultyBench() {
  const faults: Fault[] = [];
  const unavailable = () => new SluiceError('store.unavailable', 'no answer');
  const bench = createBench(
    BUDGET,
    (store): BudgetStore => ({
      ...store,
      async replace(id, next, version) {
        const fault = faults.shift();
        if (fault === 'not stored') throw unavailable();
        const answer = await store.replace(id, next, version);
        if (fault === 'stored, answer lost') throw unavailable();
        return fault === 'stored, then sent again' ? store.replace(id, next, version) : answer;
      },
      async takeSlots(id, take) {
        if ((faults.shift() ?? 'none') !== 'none') throw unavailable();
        return store.takeSlots(id, take);
      },
    }),
  );
  const held = async (): Promise<number> => countHeld(await bench.limiter.read(BUDGET));
  return { ...bench, faults, held };
}

describe('a write of the limiter whose answer is lost', () => {
  it('is one permit, not two, where the client sent it again', async () => {
    const { faults, take, held } = createFaultyBench();
    faults.push('stored, then sent again');
    await take('a');
    expect(await held()).toBe(1);
  });

  it('is one settled call, not two, where the client sent it again', async () => {
    const { faults, take, answered, held, limiter } = createFaultyBench();
    const permit = await take('a');
    faults.push('stored, then sent again');
    await answered(permit);
    expect(await held()).toBe(1);
    expect((await limiter.read(BUDGET)).open).toEqual({});
  });

  it('gives its permit back where the asker is told of the failure', async () => {
    const { faults, ask, held } = createFaultyBench();
    faults.push('stored, answer lost');
    await expect(ask('a')).rejects.toMatchObject({ code: 'store.unavailable' });
    expect(await held()).toBe(0);
  });

  it('costs capacity and no more where the permit cannot be given back either', async () => {
    const { faults, ask, held, clock } = createFaultyBench();
    faults.push('stored, answer lost', 'not stored');
    await expect(ask('a')).rejects.toMatchObject({ code: 'store.unavailable' });
    expect(await held()).toBe(1);
    await clock.advanceBy(UNSETTLED_BOUND_MS + minutes(1) + seconds(1));
    expect(await ask('b')).toMatchObject({ granted: true });
    expect(await held()).toBe(1);
  });
});

describe('a settlement that cannot be stored', () => {
  it('does not throw, and the permit keeps its pessimistic bound', async () => {
    const { faults, take, answered, limiter, clock } = createFaultyBench();
    const permit = await take('a');
    const { open } = await limiter.read(BUDGET);
    await clock.advanceBy(200);
    faults.push('not stored');
    await answered(permit);
    expect((await limiter.read(BUDGET)).open).toEqual(open);
  });

  it('throws what is no trouble of the store', async () => {
    const defect = new TypeError('not a function');
    const bench = createBench(BUDGET, (store) => {
      let writes = 0;
      const replace: BudgetStore['replace'] = (...write) =>
        ++writes === 2 ? Promise.reject(defect) : store.replace(...write);
      return { ...store, replace };
    });
    await expect(bench.answered(await bench.take('a'))).rejects.toBe(defect);
  });
});

describe('a permit that is in the state no more', () => {
  it('holds its call all the same, from when it was answered', async () => {
    const { take, answered, held, clock } = createFaultyBench();
    const forgotten = await take('a');
    await clock.advanceBy(UNSETTLED_BOUND_MS + minutes(1) + seconds(1));
    await take('b');
    expect(await held()).toBe(1);
    await answered(forgotten);
    expect(await held()).toBe(2);
  });

  it('changes nothing where its call was never sent', async () => {
    const { take, held, clock, limiter } = createFaultyBench();
    const forgotten = await take('a');
    await clock.advanceBy(UNSETTLED_BOUND_MS + minutes(1) + seconds(1));
    await take('b');
    const before = await limiter.read(BUDGET);
    await limiter.settle(forgotten, { kind: 'unsent' });
    expect(await limiter.read(BUDGET)).toEqual(before);
    expect(await held()).toBe(1);
  });
});

describe('a call under two budgets', () => {
  const both = { budgets: [ACCOUNT, BUDGET], token: 'p_both' };

  it('gives the scarce permit back when the other budget denies', async () => {
    const { limiter, ask, held } = createFaultyBench();
    await limiter.block(ACCOUNT, seconds(5));
    expect(await ask('a', both)).toMatchObject({ granted: false, budgetId: ACCOUNT.id });
    expect(await held()).toBe(0);
  });

  it('gives the scarce permit back when the other budget cannot be asked', async () => {
    const { faults, ask, held } = createFaultyBench();
    faults.push('none', 'not stored');
    await expect(ask('a', both)).rejects.toMatchObject({ code: 'store.unavailable' });
    expect(await held()).toBe(0);
  });

  it('never lets a permit that could not be given back outlive its bound', async () => {
    const { faults, limiter, ask, held, clock } = createFaultyBench();
    const grantedAtMs = clock.nowMs();
    await limiter.block(ACCOUNT, seconds(3));
    faults.push('none', 'not stored');
    expect(await ask('a', both)).toMatchObject({ granted: false, budgetId: ACCOUNT.id });
    expect(await held()).toBe(1);
    await clock.advanceBy(4_950);
    const again = await ask('a', both);
    expect(again.granted && again.permit.notAfterMs).toBe(grantedAtMs + GRANT_TO_SEND_MAX_MS);
    expect(await held()).toBe(1);
  });
});
