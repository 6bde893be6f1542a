/** What a job does where nothing goes wrong: once, again, only looking, and with refused items. */
import { expect, it } from 'vitest';
import type { OperationCall } from '../../shared/jobs/operation.ts';
import type { JobHarness } from '../support/job-harness.ts';
import {
  assertOnce,
  isWrite,
  type JobTypeCase,
  type JobWorld,
  mustNotRepeat,
  operationOf,
  type Played,
  play,
} from './job-type-case.ts';

export function describeOutcomes<W extends JobWorld>(
  start: () => Promise<W>,
  given: JobTypeCase<W>,
): void {
  it('does what it is for', async () => {
    const played = await play(await start(), given);
    expect(played.job).toMatchObject({ status: 'succeeded', failures: 0 });
    given.done(played.world, played.result);
    // Else the vendor's log would prove nothing.
    const acted = played.arrivals.filter(({ effects }) => effects > 0);
    expect(acted.length > 0).toBe(played.calls.some(isWrite));
  });

  it('gets on where permits come one at a time, writes the same, and calls at most twice as often', async () => {
    const before = (harness: JobHarness) => harness.letRivalsIn();
    const alone = await play(await start(), given);
    const { world, job, result, calls } = await play(await start(), given, { before });
    expect(job).toMatchObject({ status: 'succeeded', failures: 0 });
    given.done(world, result);
    const keysOf = (of: readonly OperationCall[]) => of.map(({ key }) => key);
    expect(keysOf(calls.filter(isWrite))).toEqual(keysOf(alone.calls.filter(isWrite)));
    expect(calls.length).toBeLessThanOrEqual(2 * alone.calls.length);
  });

  it('sends no request more when its message comes again, nor under the same idempotency key', async () => {
    const world = await start();
    const harness = world.begin();
    const params = await given.begin(world, harness);
    const key = { idempotencyKey: 'order-4711' };
    const first = await harness.run(given.type, params, key);
    const before = world.simulator.arrivals.length;
    expect(await harness.deliver(first.id)).toEqual(first);
    expect((await harness.submit(given.type, params, key)).id).toBe(first.id);
    expect(await harness.finish(first.id)).toEqual(first);
    expect(world.simulator.arrivals).toHaveLength(before);
  });

  it(`sends ${given.again} when another job asks for it again`, async () => {
    const first = await play(await start(), given);
    const { world, harness, params } = first;
    const [arrived, called] = [world.simulator.arrivals.length, harness.calls.length];
    const job = await harness.run(given.type, params);
    expect(job.status).toBe('succeeded');
    const writes = harness.calls.slice(called).filter(isWrite);
    const arrivals = world.simulator.arrivals.slice(arrived);
    switch (given.again) {
      case 'nothing':
        return expect(writes.map(({ operation }) => operation.id)).toEqual([]);
      case 'the same':
        expect(writes.length).toBeGreaterThan(0);
        return given.done(world, await harness.result(job));
      case 'anew':
        return expect(harmful({ ...first, arrivals })).toBe(harmful(first));
    }
  });

  it('sends nothing but reads when it observes, by the log of the vendor', async () => {
    const played = await play(await start(), given, { mode: 'observe' });
    expect(played.job).toMatchObject({ status: 'succeeded', failures: 0 });
    const { world, arrivals } = played;
    const own = arrivals.filter(({ path }) => !path.endsWith('/oauth/token'));
    for (const arrival of own) {
      const { provider, simulator } = world;
      expect(arrival).toMatchObject({ method: 'GET', effects: 0 });
      expect(operationOf(provider, simulator.basePath, arrival).repeat).toBe('safe');
    }
  });

  const { partial } = given;
  if (partial) {
    it('goes on past what is refused, names it, and a retry repeats nothing that went well', async () => {
      const played = await play(await start(), { ...given, begin: partial.begin });
      const { world, harness, job, result } = played;
      expect(job.status).toBe('partial');
      expect(JSON.stringify(result)).toContain(partial.named(world));
      const again = await harness.retry(job.id);
      expect(['succeeded', 'partial', 'failed']).toContain(again.status);
      assertOnce(world, world.simulator.arrivals);
    });
  }
}

/** How often the vendor did what must not be repeated. */
const harmful = <W extends JobWorld>({ world, arrivals }: Played<W>): number =>
  arrivals.filter(
    (arrival) =>
      arrival.effects > 0 &&
      mustNotRepeat(operationOf(world.provider, world.simulator.basePath, arrival)),
  ).length;
