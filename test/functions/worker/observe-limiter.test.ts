import { describe, expect, it } from 'vitest';
import { observeLimiter } from '../../../functions/worker/observe-limiter.ts';
import { createWindowAudit } from '../../../functions/worker/window-audit.ts';
import type { Budget } from '../../../shared/limiter/budget.ts';
import { createLimiter, type Permit } from '../../../shared/limiter/limiter.ts';
import { narrow, wide } from '../../shared/jobs/scripted-vendor.ts';
import { createLeapingClock } from '../../support/leaping-clock.ts';
import { createMemoryBudgetStore } from '../../support/memory/memory-budget-store.ts';
import { createMeasuredMetrics } from '../metric-lines.ts';

function open() {
  const clock = createLeapingClock();
  const measured = createMeasuredMetrics();
  const limiter = observeLimiter(
    createLimiter({ store: createMemoryBudgetStore(), clock, random: () => 0.5 }),
    { provider: 'automox', metrics: measured.metrics, audit: createWindowAudit(), clock },
  );
  let tokens = 0;
  const ask = (budgets: readonly Budget[] = [narrow]) => {
    tokens += 1;
    return limiter.acquire({
      budgets,
      token: `t-${tokens}`,
      group: 'g',
      urgent: false,
      patienceMs: 0,
    });
  };
  const call = async (budgets?: readonly Budget[]): Promise<void> => {
    const answer = await ask(budgets);
    if (!answer.granted) throw new Error('denied');
    await limiter.settle(answer.permit, { kind: 'counted', boundAtMs: clock.nowMs() });
  };
  return { clock, limiter, ask, call, ...measured };
}

const ofNarrow = { Budget: narrow.id };

describe('an observed limiter', () => {
  it('counts a permit of each budget that a call falls under', async () => {
    const { call, valuesOf } = open();
    await call([narrow, wide]);
    expect(valuesOf('PermitsGranted')).toEqual([
      [ofNarrow, [1]],
      [{ Budget: wide.id }, [1]],
    ]);
  });

  it('counts a denial and how long it sends the head away', async () => {
    const { ask, call, measured } = open();
    for (let n = 0; n < 5; n += 1) await call();
    await ask();
    expect(measured()).toContainEqual({
      name: 'PermitsDeferred',
      dimensions: ofNarrow,
      values: [1],
    });
    expect(measured()).toContainEqual({
      name: 'PermitWaitMs',
      dimensions: ofNarrow,
      values: [60_505],
    });
  });

  it('counts apart what a paused budget sends away', async () => {
    const { ask, limiter, valuesOf } = open();
    await limiter.pause(narrow);
    await ask();
    expect(valuesOf('PermitsStopped')).toEqual([[ofNarrow, [1]]]);
    expect(valuesOf('PermitsDeferred')).toEqual([]);
  });

  it('tells how full the fullest window was, and of no excess', async () => {
    const { call, valuesOf } = open();
    for (let n = 0; n < 5; n += 1) await call();
    expect(valuesOf('FullestWindow')).toEqual([[ofNarrow, [1, 2, 3, 4, 5]]]);
    expect(valuesOf('WindowExcess')).toEqual([]);
  });

  it('tells of a window that held more than its budget allows', async () => {
    const { limiter, clock, valuesOf } = open();
    const permit: Permit = {
      token: 't',
      budgets: [narrow],
      askedAtMs: clock.nowMs(),
      sendAtMs: clock.nowMs(),
      notAfterMs: clock.nowMs(),
    };
    for (let n = 0; n < 7; n += 1) {
      await limiter.settle(permit, { kind: 'counted', boundAtMs: clock.nowMs() });
    }
    expect(valuesOf('WindowExcess')).toEqual([[{ Provider: 'automox' }, [1, 2]]]);
  });

  it('audits neither what was not sent nor a nominal budget', async () => {
    const { ask, call, limiter, valuesOf } = open();
    await call([{ ...wide, mode: 'nominal' }]);
    const answer = await ask();
    if (answer.granted) await limiter.settle(answer.permit, { kind: 'unsent' });
    expect(valuesOf('FullestWindow')).toEqual([]);
  });
});
