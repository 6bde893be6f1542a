/**
 * How many jobs wait in each lane, counted seldom: one question to the queue serves every submission
 * of some seconds, and what this process lets in meanwhile is added to it.
 *
 * Guarantees: never fails for a count. Where the queue does not say, the last count holds; where it
 * never said, `count` is undefined and the job is let in: an accepted job is not lost, only later.
 */
import type { Clock } from '../kernel/clock.ts';
import { seconds } from '../kernel/duration.ts';
import type { LaneCounter } from './ports.ts';
import { unlessStoreFails } from './unless-store-fails.ts';

/** At 100 submissions a second, API Gateway's throttle, a count is wrong by 500 of a process. */
export const COUNTED_EVERY_MS = seconds(5);

export interface Backlog {
  count(lane: string): Promise<number | undefined>;
  /** One more job was let in. */
  add(lane: string): void;
}

interface Counted {
  readonly messages: number | undefined;
  readonly atMs: number;
}

export function createBacklog(deps: {
  readonly counter: LaneCounter;
  readonly clock: Clock;
}): Backlog {
  const { counter, clock } = deps;
  const counts = new Map<string, Counted>();
  const underWay = new Map<string, Promise<void>>();

  const ask = async (lane: string): Promise<void> => {
    const former = counts.get(lane)?.messages;
    const messages = await unlessStoreFails<number | undefined>(counter.count(lane), former);
    counts.set(lane, { messages, atMs: clock.nowMs() });
  };
  return {
    async count(lane) {
      const held = counts.get(lane);
      if (held !== undefined && clock.nowMs() - held.atMs < COUNTED_EVERY_MS) return held.messages;
      const asking = underWay.get(lane) ?? ask(lane).finally(() => underWay.delete(lane));
      underWay.set(lane, asking);
      await asking;
      return counts.get(lane)?.messages;
    },
    add(lane) {
      const held = counts.get(lane);
      if (held?.messages === undefined) return;
      counts.set(lane, { ...held, messages: held.messages + 1 });
    },
  };
}
