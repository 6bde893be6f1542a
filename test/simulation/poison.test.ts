import { describe, expect, it } from 'vitest';
import { hours, minutes } from '../../shared/kernel/duration.ts';
import type { Fault, Plan, Work } from './plan.ts';
import { explain } from './report.ts';
import { type History, runPlan } from './run-plan.ts';

const tag = (name: number, more: Partial<Work>): Work => ({
  name,
  atMs: 0,
  kind: 'tag',
  tenant: 'good',
  urgent: false,
  way: 'http',
  ...more,
});

/** One job of a tenant, and three of another one. */
async function play(first: Partial<Work>, faults: readonly Fault[]): Promise<History> {
  const plan: Plan = {
    seed: 1,
    vendor: { name: 'automox', counting: 'sliding', countsAt: 'arrival', retryAfter: 'seconds' },
    skewsMs: [0],
    work: [tag(0, { tenant: 'bad', ...first }), tag(1, {}), tag(2, {}), tag(3, {})],
    faults,
    calmAtMs: hours(2),
  };
  const history = await runPlan(plan);
  if (history.violation) throw new Error(await explain(history));
  return history;
}

const statuses = ({ jobs }: History) => jobs.map(({ status }) => status);
const startedMs = ({ jobs }: History) => Math.min(...jobs.map(({ createdAtMs }) => createdAtMs));

describe('a job that kills its worker each time', () => {
  it.each([1, 2, 4, 6, 8])(
    'at step %i ends at its deadline, and holds up no other tenant',
    async (killsAt) => {
      const history = await play({ deadlineMs: hours(1) }, [{ kind: 'killer', work: 0, killsAt }]);
      expect(statuses(history)).toEqual(['expired', 'succeeded', 'succeeded', 'succeeded']);
      const last = Math.max(...history.jobs.slice(1).map(({ updatedAtMs }) => updatedAtMs));
      expect(last - startedMs(history)).toBeLessThanOrEqual(minutes(3));
      expect(history.elapsedMs).toBeGreaterThanOrEqual(hours(1));
    },
  );
});

describe('a message on the lane that is none', () => {
  it.each([' ', 'no JSON', '[]', '{}', '{"jobId":7,"run":0}'])(
    'is dead-lettered after its thousand receives, and holds up nobody: %j',
    async (body) => {
      const history = await play({}, [{ kind: 'poison', atMs: 0, queue: 'lane', body }]);
      expect(statuses(history)).toEqual(Array(4).fill('succeeded'));
      expect(Math.max(...[...history.receives.values()].map(({ count }) => count))).toBe(1_000);
    },
  );
});
