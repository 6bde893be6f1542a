import { describe, expect, it } from 'vitest';
import type { LaneCounter } from '../../shared/jobs/ports.ts';

export interface OpenedLane {
  readonly counter: LaneCounter;
  /** Puts so many messages more into the lane of `automox`. */
  fill(messages: number): Promise<void>;
}

/** What every LaneCounter does. `openLane` gives one of an empty lane for `automox`. */
export function describeLaneCounter(name: string, openLane: () => Promise<OpenedLane>): void {
  describe(`${name}: count`, () => {
    it('is zero where nothing waits', async () => {
      const { counter } = await openLane();
      expect(await counter.count('automox')).toBe(0);
    });

    it('grows with what is put into the lane', async () => {
      const { counter, fill } = await openLane();
      await fill(2);
      expect(await counter.count('automox')).toBe(2);
      await fill(3);
      expect(await counter.count('automox')).toBe(5);
    });
  });
}
