import { describe, expect, it } from 'vitest';
import { COUNTED_EVERY_MS, createBacklog } from '../../../shared/jobs/backlog.ts';
import { createLeapingClock } from '../../support/leaping-clock.ts';
import { createMemoryLaneCounter } from '../../support/memory/memory-lane-counter.ts';

function open(messages: number) {
  const clock = createLeapingClock();
  const counter = createMemoryLaneCounter(messages);
  const backlog = createBacklog({ counter, clock });
  const later = (): void => clock.leapTo(clock.nowMs() + COUNTED_EVERY_MS);
  return { backlog, counter, later };
}

describe('the backlog of a lane', () => {
  it('is asked for once, however many ask at once', async () => {
    const { backlog, counter } = open(7);
    const counts = await Promise.all(Array.from({ length: 50 }, () => backlog.count('automox')));
    expect(new Set(counts)).toEqual(new Set([7]));
    expect(counter.asked).toBe(1);
  });

  it('is the count of the last seconds and what was let in since', async () => {
    const { backlog, counter } = open(7);
    await backlog.count('automox');
    backlog.add('automox');
    backlog.add('automox');
    counter.set(100);
    expect(await backlog.count('automox')).toBe(9);
    expect(counter.asked).toBe(1);
  });

  it('is counted anew after some seconds', async () => {
    const { backlog, counter, later } = open(7);
    await backlog.count('automox');
    backlog.add('automox');
    counter.set(3);
    later();
    expect(await backlog.count('automox')).toBe(3);
  });

  it('keeps lanes apart', async () => {
    const { backlog, counter } = open(7);
    await backlog.count('automox');
    counter.set(1);
    expect(await backlog.count('opsramp')).toBe(1);
    backlog.add('opsramp');
    expect(await backlog.count('automox')).toBe(7);
  });

  it('holds the last count where the queue does not say', async () => {
    const { backlog, counter, later } = open(7);
    await backlog.count('automox');
    later();
    counter.refuse(1);
    expect(await backlog.count('automox')).toBe(7);
  });

  it('is unknown where the queue never said, and asked for again after some seconds', async () => {
    const { backlog, counter, later } = open(7);
    counter.refuse(1);
    expect(await backlog.count('automox')).toBeUndefined();
    backlog.add('automox');
    expect(await backlog.count('automox')).toBeUndefined();
    later();
    expect(await backlog.count('automox')).toBe(7);
  });

  it('hides no defect', async () => {
    const clock = createLeapingClock();
    const counter = { count: () => Promise.reject(new TypeError('no lane')) };
    const backlog = createBacklog({ counter, clock });
    await expect(backlog.count('automox')).rejects.toThrow('no lane');
  });
});
