/**
 * A vendor whose answers are not what it documents: one place of them changed, once or in every answer.
 * The job ends as it should, or with a typed failure, and asks no more than it may.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hostileText, tamper, tampering } from '../support/hostile-json.ts';
import { assertOnce, type JobTypeCase, type JobWorld, play } from './job-type-case.ts';

const RUNS = 15;

/** Far above what any case needs, retries included. */
const REQUESTS_MAX = 300;

export function describeHostility<W extends JobWorld>(
  start: () => Promise<W>,
  given: JobTypeCase<W>,
): void {
  it('ends, and never by a defect, whatever one place of an answer holds', async () => {
    const world = await start();
    const skips = fc.option(fc.nat(5));
    await fc.assert(
      fc.asyncProperty(tampering, skips, async (change, skip) => {
        await endsTyped(world, given, (text, nth) =>
          skip === null || skip === nth ? tamper(text, change) : text,
        );
      }),
      { seed: 7, numRuns: RUNS },
    );
  });

  it('ends, and never by a defect, whatever is answered instead', async () => {
    const world = await start();
    await fc.assert(
      fc.asyncProperty(hostileText, fc.nat(4), async (text, from) => {
        await endsTyped(world, given, (own, nth) => (nth < from ? own : text));
      }),
      { seed: 8, numRuns: RUNS },
    );
  });
}

async function endsTyped<W extends JobWorld>(
  world: W,
  given: JobTypeCase<W>,
  change: (text: string, nth: number) => string,
): Promise<void> {
  let answers = 0;
  try {
    const played = await play(world, given, {
      before: () => world.tamper((text) => change(text, answers++)),
    });
    expect(played.harness.failures.filter(({ code }) => code === 'internal.unexpected')).toEqual(
      [],
    );
    expect(played.job.finishedAtMs).toBeDefined();
    expect(played.arrivals.length).toBeLessThan(REQUESTS_MAX);
    assertOnce(world, played.arrivals);
  } finally {
    world.tamper();
  }
}
