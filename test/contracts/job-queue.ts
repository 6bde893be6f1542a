import { describe, expect, it } from 'vitest';
import type { JobQueue, QueueMessage } from '../../shared/jobs/ports.ts';
import { nextVersion, sampleJob } from '../support/sample-job.ts';

export interface OpenedQueue {
  readonly queue: JobQueue;
  /** What a worker that takes everything gets, in order. */
  drain(): Promise<readonly QueueMessage[]>;
}

/** What every JobQueue does. `openQueue` gives an empty one with a lane for `automox`. */
export function describeJobQueue(name: string, openQueue: () => Promise<OpenedQueue>): void {
  describe(`${name}: send`, () => {
    it('hands over the id and the run of the job', async () => {
      const { queue, drain } = await openQueue();
      await queue.send(sampleJob({ id: 'job_a', run: 3 }));
      expect(await drain()).toEqual([{ jobId: 'job_a', run: 3 }]);
    });

    it('keeps the order of the jobs of one group', async () => {
      const { queue, drain } = await openQueue();
      const ids = ['job_c', 'job_a', 'job_b'];
      for (const id of ids) await queue.send(sampleJob({ id }));
      expect((await drain()).map(({ jobId }) => jobId)).toEqual(ids);
    });

    it('sends again a job whose row has gone on since it was sent', async () => {
      const { queue, drain } = await openQueue();
      await queue.send(sampleJob());
      await queue.send(nextVersion(sampleJob()));
      expect(await drain()).toHaveLength(2);
    });

    it('refuses a job that has no lane', async () => {
      const { queue, drain } = await openQueue();
      const { provider: _absent, ...rejected } = sampleJob({ status: 'rejected' });
      await expect(queue.send(rejected)).rejects.toThrow(/provider/);
      expect(await drain()).toEqual([]);
    });
  });
}
