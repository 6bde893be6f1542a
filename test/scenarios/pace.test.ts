import { describe, expect, it } from 'vitest';
import { minutes } from '../../shared/kernel/duration.ts';
import { seededRandom } from '../../shared/kernel/random.ts';
import { startScenario } from '../support/scenario/scenario.ts';
import { answersOf, arrivalsMs, BATCH, fullestMinute } from '../support/scenario/vendor-record.ts';

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('12 batch jobs queued at once, 5 a minute', () => {
  it('are sent as fast as the limit allows and no faster', async () => {
    const scenario = await startScenario();
    await scenario.submitMany(12);
    const jobs = await scenario.finishAll();
    expect(jobs.map(({ status }) => status)).toEqual(Array(12).fill('succeeded'));
    const sentMs = arrivalsMs(scenario.simulator, BATCH);
    expect(sentMs).toHaveLength(12);
    expect(fullestMinute(scenario.simulator, BATCH)).toBe(5);
    expect(Math.max(...sentMs.slice(5, 10))).toBeLessThanOrEqual(61_200);
    expect(Math.max(...sentMs.slice(10))).toBeLessThanOrEqual(122_400);
    expect(answersOf(scenario.simulator, 429)).toBe(0);
  });

  it('are received 2.2 times at most on average, and none is dead-lettered', async () => {
    const scenario = await startScenario();
    await scenario.submitMany(12);
    await scenario.finishAll();
    await scenario.clock.advanceBy(1_000);
    expect(scenario.receives()).toHaveLength(12);
    expect(average(scenario.receives())).toBeLessThanOrEqual(2.2);
    expect([scenario.lane.backlog(), scenario.lane.deadLetters()]).toEqual([0, 0]);
    expect(scenario.log.complaints).toEqual([]);
  });

  it('are each one attempt, however long they waited', async () => {
    const scenario = await startScenario();
    await scenario.submitMany(12);
    const jobs = await scenario.finishAll();
    expect(jobs.map(({ attempts }) => attempts)).toEqual(Array(12).fill(1));
    expect(jobs.at(-1)?.waitedMs).toBeGreaterThan(minutes(1.9));
  });
});

describe('a network that is slow and uneven', () => {
  it('delays calls and never lets one over the limit through', async () => {
    const random = seededRandom(9);
    const latency = () => ({ thereMs: random() * 4_000, backMs: random() * 1_000 });
    const scenario = await startScenario({ latency });
    for (const tenant of ['a', 'b', 'c', 'd']) await scenario.submitMany(15, { tenant });
    await scenario.finishAll();
    expect(arrivalsMs(scenario.simulator, BATCH)).toHaveLength(60);
    expect(fullestMinute(scenario.simulator, BATCH)).toBe(5);
    expect(answersOf(scenario.simulator, 429)).toBe(0);
  });
});

describe('a backlog of 200 batch jobs', () => {
  it('uses at least 98 % of the limit and never exceeds it', async () => {
    const scenario = await startScenario();
    await scenario.submitMany(200);
    await scenario.finishAll();
    const sentMs = arrivalsMs(scenario.simulator, BATCH);
    const idealMs = ((200 - 5) / 5) * minutes(1);
    expect(idealMs / (sentMs.at(-5) ?? Number.NaN)).toBeGreaterThanOrEqual(0.98);
    expect(fullestMinute(scenario.simulator, BATCH)).toBe(5);
    expect(answersOf(scenario.simulator, 429)).toBe(0);
    expect(average(scenario.receives())).toBeLessThanOrEqual(2.2);
    expect(Math.max(...scenario.receives())).toBeLessThanOrEqual(2);
    expect(scenario.lane.deadLetters()).toBe(0);
  });
});
