import { describe, expect, it } from 'vitest';
import { ITEM_BYTES_MAX } from '../../local/stack/item-size.ts';
import type { ProviderName } from '../../shared/config/account.ts';
import { hours, minutes } from '../../shared/kernel/duration.ts';
import { createLife, type Life } from '../support/mortal.ts';
import { type FleetRun, runFleet } from '../support/scenario/fleet-run.ts';

interface Expected {
  readonly provider: ProviderName;
  readonly summaries: readonly string[];
  /** Of all that the vendor counts as a change. */
  readonly effects: number;
  /** What it counts once more where a call that may be repeated is: tags are set, not added up. */
  readonly effectsOfRepeat: number;
  readonly minutesMost: number;
  readonly receivesMost: number;
}

/** The minutes: the windows that the scarcest budget takes, and half a minute. */
const runs: readonly Expected[] = [
  {
    provider: 'automox',
    summaries: [
      '20,000 devices listed',
      'asked Automox to change the tags of 20,000 devices in 40 calls',
    ],
    effects: 20_000,
    effectsOfRepeat: 500,
    minutesMost: 2 + 7 + 0.5,
    receivesMost: 12,
  },
  {
    provider: 'opsramp',
    summaries: ['acknowledged 2,000 alerts'],
    effects: 2_000,
    effectsOfRepeat: 0,
    minutesMost: 9 + 0.6,
    receivesMost: 30,
  },
  {
    provider: 'amp',
    summaries: ['isolated 1,000 computers'],
    effects: 1_000,
    effectsOfRepeat: 0,
    minutesMost: 3.5,
    receivesMost: 12,
  },
];

/** A worker in three dies, each after another number of steps. */
function someDie() {
  const dead: Life[] = [];
  const lifeOf = (invocation: number): Life | undefined => {
    if (invocation % 3 !== 2) return undefined;
    const life = createLife(10 + ((invocation * 7) % 23));
    dead.push(life);
    return life;
  };
  return { lifeOf, killed: () => dead.filter(({ over }) => over).length };
}

function expectLimitsKept({ limits, throttled, deadLetters }: FleetRun): void {
  expect(limits.filter(({ fullest, limit }) => fullest > limit)).toEqual([]);
  expect(limits.reduce((sum, { refused }) => sum + refused, throttled)).toBe(0);
  expect(deadLetters).toBe(0);
}

/** Each takes two seconds of a machine that has nothing else to do. */
const slow = { timeout: 60_000 };

describe.each(runs)(
  'a fleet-sized run of $provider',
  slow,
  ({ provider, effects, ...expected }) => {
    it('does each item once, in the fewest calls, and keeps to every limit', async () => {
      const run = await runFleet(provider);
      expect(run.jobs.map(({ status }) => status)).toEqual(run.jobs.map(() => 'succeeded'));
      expect(run.jobs.map(({ summary }) => summary)).toEqual(expected.summaries);
      expect([run.done, run.effects]).toEqual([effects, effects]);
      expect(run.calls).toBe(run.least + run.beyond);
      expect(run.beyond).toBeLessThanOrEqual(run.jobs.length);
      expect(run.jobs.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(run.calls);
      expectLimitsKept(run);
      expect(run.tookMs).toBeLessThanOrEqual(minutes(expected.minutesMost));
      expect(run.receivesMost).toBeLessThanOrEqual(expected.receivesMost);
      expect(run.largestRowBytes).toBeLessThan(ITEM_BYTES_MAX / 10);
    });

    it('survives workers that are killed, and does nothing twice', async () => {
      const { lifeOf, killed } = someDie();
      const run = await runFleet(provider, { lifeOf });
      expect(killed()).toBeGreaterThanOrEqual(3);
      expect(run.jobs.map(({ status }) => status)).toEqual(run.jobs.map(() => 'succeeded'));
      expect(run.jobs.map(({ summary }) => summary)).toEqual(expected.summaries);
      expect(run.done).toBe(effects);
      // Of a killed worker one call is not known: it is made again, or looked for by another.
      const repeated = run.calls - run.least - run.beyond;
      expect(repeated).toBeLessThanOrEqual(killed());
      expect(run.effects).toBeLessThanOrEqual(effects + repeated * expected.effectsOfRepeat);
      expectLimitsKept(run);
    });
  },
);

describe('a batch of 20,000 devices that its message lists', slow, () => {
  it('takes 40 calls, and its row is small once a worker has it', async () => {
    const tag = { attribute: 'tags', action: 'apply', value: ['fleet'] };
    const run = await runFleet('automox', {
      wishesOf: (simulator) => [
        {
          type: 'automox.servers.batch',
          params: { devices: [...simulator.org(9237).devices.keys()], actions: [tag] },
        },
      ],
    });
    expect(run.jobs.map(({ status }) => status)).toEqual(['succeeded']);
    expect([run.done, run.calls]).toEqual([20_000, 40]);
    expect(run.largestRowBytes).toBeLessThan(ITEM_BYTES_MAX / 2);
    expect(run.largestWorkedRowBytes).toBeLessThan(ITEM_BYTES_MAX / 40);
    expectLimitsKept(run);
  });
});

describe('1,000 isolations where AMP allows 300 calls an hour', slow, () => {
  it('are spread over four hours, none of them fuller, and none is lost', async () => {
    const run = await runFleet('amp', {
      prepare: (simulator) => simulator.configure({ limit: 300 }),
    });
    expect(run.jobs.map(({ status }) => status)).toEqual(['succeeded']);
    expect(run.done).toBe(1_000);
    expect(Math.max(...run.limits.map(({ fullest }) => fullest))).toBe(300);
    expectLimitsKept(run);
    expect(run.tookMs).toBeGreaterThan(hours(3));
    expect(run.tookMs).toBeLessThan(hours(3) + minutes(5));
    expect(run.calls).toBe(run.least + run.beyond);
    expect(run.receivesMost).toBeLessThan(40);
  });
});
