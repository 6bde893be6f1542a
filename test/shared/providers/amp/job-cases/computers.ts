/** The jobs that change computers. */
import { expect } from 'vitest';
import { days } from '../../../../../shared/kernel/duration.ts';
import type { Json } from '../../../../../shared/kernel/json.ts';
import type { JobHarness } from '../../../../support/job-harness.ts';
import type { Business } from '../business.ts';
import { ABSENT, type AmpCase, guids, settled } from './case.ts';

const states = (business: Business): string[] =>
  business
    .computers()
    .slice(0, 2)
    .map(({ isolation }) => isolation.status);

const isolated = { isolation: { available: true, status: 'isolated' } } as const;

const isolation = (verb: 'isolate' | 'release'): AmpCase => {
  const begin = (business: Business): string[] =>
    settled(business, 2, (it) => verb === 'release' && Object.assign(it, isolated));
  return {
    type: `amp.computer.${verb}`,
    begin: (business) => ({ computers: begin(business), comment: 'Case 4711' }),
    done(business) {
      const state = verb === 'isolate' ? 'isolated' : 'not_isolated';
      expect(states(business)).toEqual([state, state]);
    },
    again: 'nothing',
    partial: {
      begin: (business) => ({ computers: [...begin(business), ABSENT] }),
      named: () => ABSENT,
    },
  };
};

/** Every computer is in the first group; answers another one, whose policies are others. */
function gather(business: Business): string {
  const { groups } = business.console().state;
  const [home, ...others] = groups.values();
  for (const computer of business.computers()) {
    computer.online = true;
    computer.groupGuid = home?.guid ?? '';
    computer.policyGuid = home?.policyGuids[computer.product] ?? '';
  }
  const isElsewhere = ({ policyGuids }: (typeof others)[number]): boolean =>
    business.computers().every((it) => policyGuids[it.product] !== it.policyGuid);
  return others.find(isElsewhere)?.guid ?? '';
}

const STALE = 'amp.computers.remove-stale';

/** The first two were not seen for 70 days. */
function age(business: Business, harness: JobHarness): void {
  const nowMs = harness.clock.nowMs();
  for (const [index, computer] of business.computers().entries()) {
    computer.lastSeenAtMs = nowMs - (index < 2 ? days(70) : 0);
  }
}

async function reported(business: Business, harness: JobHarness): Promise<Json> {
  age(business, harness);
  const { id } = await harness.run(STALE, { report: { olderThanDays: 60 } });
  return { remove: { report: id, maxPercent: 100 } };
}

export const computerCases: readonly AmpCase[] = [
  isolation('isolate'),
  isolation('release'),
  {
    type: 'amp.computer.isolate',
    what: 'a selection',
    begin(business) {
      settled(business, 2);
      const hostnames = business.computers().slice(0, 2);
      return { select: { hostnames: hostnames.map(({ hostname }) => hostname) } };
    },
    done: (business) => expect(states(business)).toEqual(['isolated', 'isolated']),
    again: 'nothing',
  },
  {
    type: 'amp.computers.move-group',
    begin(business) {
      const group = gather(business);
      return { computers: guids(business).slice(0, 2), group };
    },
    done(business) {
      const [first, second, third] = business.computers().map(({ groupGuid }) => groupGuid);
      expect(first).toBe(second);
      expect(first).not.toBe(third);
    },
    again: 'nothing',
    partial: {
      begin(business) {
        const group = gather(business);
        return { computers: [...guids(business).slice(0, 2), ABSENT], group };
      },
      named: () => ABSENT,
    },
  },
  {
    type: STALE,
    what: 'the report',
    begin(business, harness) {
      age(business, harness);
      return { report: { olderThanDays: 60 } };
    },
    done: (business, rows) =>
      expect(rows).toMatchObject(
        guids(business)
          .slice(0, 2)
          .map((connector_guid) => ({ connector_guid })),
      ),
    again: 'nothing',
  },
  {
    type: STALE,
    what: 'the removal',
    begin: reported,
    done(business, result) {
      expect(result).toMatchObject({ removed: 2, spared: [], failed: [] });
      expect(business.computers()).toHaveLength(4);
    },
    again: 'nothing',
    partial: {
      async begin(business, harness) {
        const params = await reported(business, harness);
        business.console().keep(guids(business)[0] ?? '');
        return params;
      },
      named: (business) => guids(business)[0] ?? '',
    },
    // Who is not there is gone, whoever removed it.
    fine: ['404'],
  },
];
