import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../../bench/peers/bottleneck.ts';

describe('the settings of Bottleneck', () => {
  it('are a reservoir a window, and calls staggered over it as its README asks', () => {
    expect(settingsOf({ limit: 5, windowMs: 2_000 })).toEqual({
      reservoir: 5,
      reservoirRefreshAmount: 5,
      reservoirRefreshInterval: 2_000,
      minTime: 400,
    });
  });

  it('never stagger calls so little that one too many starts in a window', () => {
    const { minTime } = settingsOf({ limit: 7, windowMs: 2_000 });
    expect(7 * minTime).toBeGreaterThanOrEqual(2_000);
  });
});
