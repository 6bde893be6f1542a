import { describe, expect, it } from 'vitest';
import type { JobEvent, JobEventPublisher } from '../../shared/jobs/ports.ts';
import { SAMPLE_AT_MS, sampleJob } from '../support/sample-job.ts';

export interface OpenedPublisher {
  readonly publisher: JobEventPublisher;
  /** Ids of the events that listeners heard, in order. */
  heard(): readonly string[];
}

const event = (n: number, text = ''): JobEvent => ({
  id: `amp/acme/${n}`,
  type: 'AmpEventFound',
  atMs: SAMPLE_AT_MS,
  detail: { text },
});

const ids = (count: number): string[] => Array.from({ length: count }, (_, n) => event(n).id);

/** What every JobEventPublisher does. */
export function describeJobEventPublisher(
  name: string,
  openPublisher: () => Promise<OpenedPublisher>,
): void {
  describe(`${name}: publish`, () => {
    it.each([0, 1, 10, 25])('tells of %i events, in order', async (count) => {
      const { publisher, heard } = await openPublisher();
      await publisher.publish(
        sampleJob(),
        ids(count).map((_, n) => event(n)),
      );
      expect(heard()).toEqual(ids(count));
    });

    it('tells of events that are too large together, and again when asked again', async () => {
      const { publisher, heard } = await openPublisher();
      const large = [0, 1, 2].map((n) => event(n, 'x'.repeat(120 * 1_024)));
      await publisher.publish(sampleJob(), large);
      await publisher.publish(sampleJob(), large);
      expect(heard()).toEqual([...ids(3), ...ids(3)]);
    });
  });
}
