import { describe, expect, it } from 'vitest';
import { hours, minutes, seconds } from '../../../shared/kernel/duration.ts';
import { BLOCK_MAX_MS, CLOCK_ALLOWANCE_MS } from '../../../shared/limiter/timings.ts';
import { createBench } from './model/bench.ts';
import { nominalBudget, strictBudget } from './model/sample-budgets.ts';

const modes = [
  { mode: 'strict', budget: strictBudget(5, minutes(1)) },
  { mode: 'nominal', budget: nominalBudget(93, seconds(1)) },
];

describe.each(modes)('S17 a blocked $mode budget', ({ budget }) => {
  it('lets nobody through until the instant, and then goes on', async () => {
    const { clock, limiter, ask } = createBench(budget);
    const untilMs = await limiter.block(budget, seconds(30));
    expect(untilMs).toBe(clock.nowMs() + seconds(30) + CLOCK_ALLOWANCE_MS);
    for (const group of ['a', 'b']) {
      expect(await ask(group, { urgent: true })).toMatchObject({ reason: 'blocked' });
    }
    await clock.advanceTo(untilMs - 1);
    expect(await ask('a')).toMatchObject({ granted: false, reason: 'blocked' });
    await clock.advanceTo(untilMs);
    expect(await ask('b', { urgent: true })).toMatchObject({ granted: true });
  });

  it('invites nobody before that instant', async () => {
    const { limiter, ask } = createBench(budget);
    const untilMs = await limiter.block(budget, seconds(30));
    const answer = await ask('a');
    expect(!answer.granted && answer.retryAtMs).toBeGreaterThanOrEqual(untilMs);
  });

  it('keeps the later of two instants, and believes none beyond the longest', async () => {
    const { clock, limiter } = createBench(budget);
    const laterMs = await limiter.block(budget, seconds(60));
    await limiter.block(budget, seconds(1));
    expect(await limiter.read(budget)).toMatchObject({
      blockedUntilMs: laterMs,
      throttledCount: 2,
    });
    const untilMs = await limiter.block(budget, hours(1_000));
    expect(untilMs).toBe(clock.nowMs() + BLOCK_MAX_MS + CLOCK_ALLOWANCE_MS);
  });
});

describe('heads that held appointments when their budget was blocked', () => {
  it('are invited after the block in the order of their turns, each for a permit', async () => {
    const budget = strictBudget(1, minutes(1));
    const { limiter, take, answered, ask } = createBench(budget);
    await answered(await take('x'));
    for (const group of ['a', 'b', 'c']) await ask(group);
    const untilMs = await limiter.block(budget, minutes(30));
    const invited: number[] = [];
    for (const group of ['c', 'b', 'a']) {
      const answer = await ask(group);
      invited.push(answer.granted ? 0 : answer.retryAtMs);
    }
    const [c = 0, b = 0, a = 0] = invited;
    expect(a).toBe(untilMs);
    expect([b - a, c - b].every((apartMs) => apartMs >= budget.windowMs)).toBe(true);
  });
});

describe.each(modes)('a paused $mode budget', ({ budget }) => {
  it('lets nobody through until it is resumed', async () => {
    const { clock, limiter, ask } = createBench(budget);
    await limiter.pause(budget);
    await clock.advanceBy(hours(3));
    expect(await ask('a', { urgent: true })).toMatchObject({ granted: false, reason: 'paused' });
    await limiter.resume(budget);
    expect(await ask('a')).toMatchObject({ granted: true });
  });

  it('is looked at ever more rarely: after 5 seconds, then a quarter of the pause', async () => {
    const { clock, limiter, waitOf } = createBench(budget);
    await limiter.pause(budget);
    const spreadMs = budget.mode === 'nominal' ? 1_050 : 0;
    const expectWait = async (waitMs: number): Promise<void> => {
      const lookMs = await waitOf('a');
      expect(lookMs).toBeGreaterThanOrEqual(waitMs);
      expect(lookMs).toBeLessThanOrEqual(waitMs + spreadMs);
    };
    await expectWait(seconds(5));
    await clock.advanceBy(minutes(4));
    await expectWait(minutes(1));
    await clock.advanceBy(hours(24));
    await expectWait(minutes(30));
  });

  it('keeps the instant of the first pause, and a second resume changes nothing', async () => {
    const { clock, limiter } = createBench(budget);
    const pausedSinceMs = clock.nowMs();
    await limiter.pause(budget);
    await clock.advanceBy(minutes(1));
    await limiter.pause(budget);
    expect(await limiter.read(budget)).toMatchObject({ pausedSinceMs });
    await limiter.resume(budget);
    const resumed = await limiter.read(budget);
    await limiter.resume(budget);
    expect(await limiter.read(budget)).toEqual(resumed);
  });
});
