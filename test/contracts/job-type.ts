/**
 * What every job type must be, whatever the vendor: done where nothing goes wrong, and at a typed end
 * with its effect there once wherever something does. One suite, run over a case of each type; a type
 * without a case fails it.
 */
import { describe, expect, it } from 'vitest';
import type { Provider } from '../../shared/providers/provider.ts';
import type { JobTypeCase, JobWorld } from './job-type-case.ts';
import { describeCrashes } from './job-type-crashes.ts';
import { describeHostility } from './job-type-hostility.ts';
import { describeOutcomes } from './job-type-outcomes.ts';
import { describeTroubles } from './job-type-troubles.ts';
import { commonTroubles, type DocumentedStatus, troubleOf } from './vendor-troubles.ts';

export interface JobTypes<W extends JobWorld> {
  readonly provider: Pick<Provider, 'name' | 'jobTypes'>;
  readonly cases: readonly JobTypeCase<W>[];
  /** A vendor of its own for each test. */
  readonly start: () => Promise<W>;
  /** Paths of faults, so that the vendor's tokens are left alone. */
  readonly paths: string;
  readonly documented: readonly DocumentedStatus[];
  /** Types that go through items, some of which may be refused. */
  readonly withItems: readonly string[];
}

export function describeJobTypeCases<W extends JobWorld>(types: JobTypes<W>): void {
  const { provider, cases, start, paths, documented, withItems } = types;
  const troubles = [...commonTroubles, ...documented.map(troubleOf)];

  describe(`the job types of ${provider.name}`, () => {
    it('have each a case', () => {
      const told = new Set(cases.map(({ type }) => type));
      expect([...told].sort()).toEqual(provider.jobTypes.map(({ type }) => type).sort());
    });

    it('have each a case of refused items where they have items', () => {
      const told = cases.filter(({ partial }) => partial).map(({ type }) => type);
      expect([...new Set(told)].sort()).toEqual([...withItems].sort());
    });
  });

  for (const given of cases) {
    describe([given.type, given.what].filter(Boolean).join(', '), () => {
      describeOutcomes(start, given);
      describeCrashes(start, given);
      describeHostility(start, given);
      describeTroubles({ start, given, paths, troubles });
    });
  }
}
