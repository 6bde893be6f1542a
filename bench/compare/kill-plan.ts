/** Which invocation is the next to be killed, and where in it, from a seed. */
import type { Clock } from '../../shared/kernel/clock.ts';
import { seededRandom } from '../../shared/kernel/random.ts';
import { createLife, type Life } from '../../test/support/mortal.ts';
import type { Kills } from './scenarios.ts';

export interface KillPlan {
  /** To be asked at the start of each invocation; the life that it has is to end. */
  readonly lifeOf: () => Life | undefined;
  /** How many lives have ended. */
  kills(): number;
}

/** As many calls of stores, queue and vendor as one delivery makes. */
const STEPS = 8;

/** As long as an invocation may take: one that is over by then has survived. */
const SURVIVED_AFTER_MS = 30_000;

/**
 * From some instant in every nth window on, one invocation is given a life of a few steps; where it
 * ends before it dies, another one is. The instant varies: else the kills would keep step with the
 * queue, which gives a killed worker's message out again after three windows of a minute.
 */
export function createKillPlan(
  plan: Kills | undefined,
  windowMs: number,
  clock: Pick<Clock, 'monotonicMs'>,
): KillPlan {
  const random = seededRandom(7);
  const startedAtMs = clock.monotonicMs();
  const lives: Life[] = [];
  let offsetWindows = random();
  let givenAtMs = 0;
  const killed = (): number => lives.filter(({ over }) => over).length;
  return {
    lifeOf() {
      if (plan === undefined || killed() >= plan.times.virtual) return undefined;
      const nowMs = clock.monotonicMs();
      const last = lives.at(-1);
      if (last && !last.over && nowMs < givenAtMs + SURVIVED_AFTER_MS) return undefined;
      if (last?.over !== false) {
        const dueWindows = plan.everyWindows * (killed() + 1) + offsetWindows;
        if (nowMs - startedAtMs < dueWindows * windowMs) return undefined;
        offsetWindows = random();
      }
      const life = createLife(1 + Math.floor(random() * STEPS));
      givenAtMs = nowMs;
      lives.push(life);
      return life;
    },
    kills: killed,
  };
}
