import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { minutes, seconds } from '../../../shared/kernel/duration.ts';
import { seededRandom } from '../../../shared/kernel/random.ts';
import { assertTrusted, createClockWatch } from '../../../shared/limiter/clock-watch.ts';
import { createLimiter } from '../../../shared/limiter/limiter.ts';
import { CLOCK_ALLOWANCE_MS } from '../../../shared/limiter/timings.ts';
import { createMemoryBudgetStore } from '../../support/memory/memory-budget-store.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';
import { nominalBudget, strictBudget } from './model/sample-budgets.ts';

const BUDGET = strictBudget(1, minutes(1));
const request = { budgets: [BUDGET], group: 'g', urgent: false, patienceMs: 0 };

/** A limiter on a host whose clock can be set wrong; its store tells the true second. */
function createHost() {
  const truth = createVirtualClock();
  let offMs = 0;
  const clock = { ...truth, nowMs: () => truth.nowMs() + offMs };
  const watch = createClockWatch();
  const store = createMemoryBudgetStore();
  const dated = {
    ...store,
    async find(id: string) {
      const dateMs = Math.floor(truth.nowMs() / 1_000) * 1_000;
      watch.observe({ dateMs, sentAtMs: clock.nowMs(), receivedAtMs: clock.nowMs() });
      return store.find(id);
    },
  };
  const limiter = createLimiter({ store: dated, clock, random: seededRandom(1), watch });
  return {
    truth,
    limiter,
    setOff: (byMs: number) => {
      offMs = byMs;
    },
  };
}

const clockOff = expect.objectContaining({ code: 'host.clock-off' });

describe('a clock watch', () => {
  it('never doubts a clock that is right, whenever in its second the answer was written', () => {
    const anyMs = fc.integer({ min: 0, max: 5_000 });
    fc.assert(
      fc.property(anyMs, anyMs, anyMs, (sentAtMs, thereMs, backMs) => {
        const watch = createClockWatch();
        const dateMs = Math.floor((sentAtMs + thereMs) / 1_000) * 1_000;
        watch.observe({ dateMs, sentAtMs, receivedAtMs: sentAtMs + thereMs + backMs });
        expect(watch.certainErrorMs).toBe(0);
      }),
      { seed: 7 },
    );
  });

  it('never claims more than the clock is off', () => {
    const offs = fc.integer({ min: -60_000, max: 60_000 });
    fc.assert(
      fc.property(fc.nat(5_000), fc.nat(400), offs, (trueMs, thereMs, offMs) => {
        const watch = createClockWatch();
        const dateMs = Math.floor((trueMs + thereMs) / 1_000) * 1_000;
        const [sentAtMs, receivedAtMs] = [trueMs + offMs, trueMs + 2 * thereMs + offMs];
        watch.observe({ dateMs, sentAtMs, receivedAtMs });
        expect(watch.certainErrorMs).toBeLessThanOrEqual(Math.abs(offMs));
        if (Math.abs(offMs) > 1_000 + 2 * thereMs + CLOCK_ALLOWANCE_MS / 2) {
          expect(watch.isTrusted).toBe(false);
        }
      }),
      { seed: 7 },
    );
  });

  it.each([
    [200, true],
    [300, false],
  ])('trusts a clock that is %i ms off for certain: %s', (offMs, isTrusted) => {
    const watch = createClockWatch();
    watch.observe({ dateMs: 10_000, sentAtMs: 9_990 - offMs, receivedAtMs: 10_000 - offMs });
    expect([watch.certainErrorMs, watch.isTrusted]).toEqual([offMs, isTrusted]);
    if (!isTrusted) expect(() => assertTrusted(watch)).toThrow('off by 300 ms at least');
  });

  it('trusts no clock by an answer during which it may have jumped', () => {
    const watch = createClockWatch();
    watch.observe({ dateMs: 10_000, sentAtMs: 10_200, receivedAtMs: 12_300 });
    expect([watch.certainErrorMs, watch.isTrusted]).toEqual([0, false]);
    expect(() => assertTrusted(watch)).toThrow('an answer that took over');
    watch.observe({ dateMs: 12_000, sentAtMs: 12_300, receivedAtMs: 12_310 });
    expect(watch.isTrusted).toBe(true);
  });
});

describe('a limiter on a host that lost the time', () => {
  it.each([seconds(5), -seconds(5)])(
    'grants nothing while its clock is off by %i ms',
    async (byMs) => {
      const { limiter, setOff } = createHost();
      setOff(byMs);
      await expect(limiter.acquire({ ...request, token: 'a' })).rejects.toEqual(clockOff);
      setOff(0);
      expect(await limiter.acquire({ ...request, token: 'a' })).toMatchObject({ granted: true });
    },
  );

  it('gives no slot of a nominal budget either', async () => {
    const { limiter, setOff } = createHost();
    const slot = { ...request, budgets: [nominalBudget(93, seconds(1))], token: 'a' };
    setOff(seconds(5));
    await expect(limiter.acquire(slot)).rejects.toEqual(clockOff);
    setOff(0);
    expect(await limiter.acquire(slot)).toMatchObject({ granted: true });
  });

  it('leaves a bound as it is that it cannot judge', async () => {
    const { limiter, setOff, truth } = createHost();
    const answer = await limiter.acquire({ ...request, token: 'a' });
    if (!answer.granted) throw new SluiceError('internal.unexpected', 'the budget is empty');
    setOff(-seconds(5));
    await limiter.settle(answer.permit, { kind: 'counted', boundAtMs: truth.nowMs() - seconds(5) });
    setOff(0);
    expect((await limiter.read(BUDGET)).open).toHaveProperty('a');
  });
});
