/** A worker killed at every step of a job: the effect is there once, or the job says uncertain. */
import { expect, it } from 'vitest';
import type { JobHarness } from '../support/job-harness.ts';
import { killEverywhere } from '../support/kill-everywhere.ts';
import { assertOnce, type JobTypeCase, type JobWorld, play } from './job-type-case.ts';

export function describeCrashes<W extends JobWorld>(
  start: () => Promise<W>,
  given: JobTypeCase<W>,
): void {
  it('is done once, or uncertain where that cannot be known, whenever its worker is killed', async () => {
    const world = await start();
    const { calls } = await play(world, given);
    const once = calls.some(({ operation }) => operation.repeat === 'once');
    const ends = new Set<string>();
    let arrived = 0;
    const request = {
      type: given.type,
      params: async (harness: JobHarness) => {
        const params = await given.begin(world, harness);
        arrived = world.simulator.arrivals.length;
        return params;
      },
    };
    const steps = await killEverywhere(world, request, async ({ harness, job }) => {
      ends.add(job.status);
      assertOnce(world, world.simulator.arrivals.slice(arrived));
      expect(harness.failures.map(({ code }) => code)).not.toContain('internal.unexpected');
      if (job.status === 'succeeded') given.done(world, await harness.result(job));
      if (job.status === 'uncertain') expect(job.error?.code).toBe('provider.no-answer');
    });
    // At the least: lease, permit, answer, outcome.
    expect(steps).toBeGreaterThan(3);
    const allowed = once ? ['succeeded', 'partial', 'uncertain'] : ['succeeded'];
    expect(ends).toContain('succeeded');
    expect(allowed).toEqual(expect.arrayContaining([...ends]));
  });
}
