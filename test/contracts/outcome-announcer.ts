import { describe, expect, it } from 'vitest';
import type { OutcomeAnnouncer } from '../../shared/jobs/ports.ts';
import { outcomes } from '../../shared/jobs/states.ts';
import { sampleJob } from '../support/sample-job.ts';

export interface OpenedAnnouncer {
  readonly announcer: OutcomeAnnouncer;
  /** Whom the listeners heard of, in order. */
  heard(): readonly { readonly id: string; readonly status: string }[];
}

/** What every OutcomeAnnouncer does. */
export function describeOutcomeAnnouncer(
  name: string,
  openAnnouncer: () => Promise<OpenedAnnouncer>,
): void {
  describe(`${name}: announce`, () => {
    it.each(outcomes)('tells of a job that ended as %s', async (status) => {
      const { announcer, heard } = await openAnnouncer();
      await announcer.announce(sampleJob({ status }));
      expect(heard()).toEqual([{ id: sampleJob().id, status }]);
    });

    it('tells again when asked again', async () => {
      const { announcer, heard } = await openAnnouncer();
      await announcer.announce(sampleJob({ status: 'succeeded' }));
      await announcer.announce(sampleJob({ status: 'succeeded' }));
      expect(heard()).toHaveLength(2);
    });

    it('refuses a job that has no outcome', async () => {
      const { announcer, heard } = await openAnnouncer();
      await expect(announcer.announce(sampleJob({ status: 'running' }))).rejects.toThrow(/outcome/);
      expect(heard()).toEqual([]);
    });
  });
}
