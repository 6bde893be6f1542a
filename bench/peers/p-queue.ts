/** p-queue: an interval cap on starts; with `strict` a sliding window of them. */
import { type CreatePeer, callUntilAccepted, loadPeer } from './peer.ts';

interface PQueuePackage {
  readonly default: new (options: {
    readonly intervalCap: number;
    readonly interval: number;
    readonly strict: boolean;
  }) => { add<T>(act: () => Promise<T>, options: { readonly priority: number }): Promise<T> };
}

export const createPQueue =
  (strict: boolean): CreatePeer =>
  async (surroundings) => {
    const { default: PQueue } = await loadPeer<PQueuePackage>('p-queue');
    const { limit: intervalCap, windowMs: interval } = surroundings;
    const queue = new PQueue({ intervalCap, interval, strict });
    return {
      async add(job) {
        const priority = job.urgent ? 1 : 0;
        void callUntilAccepted(surroundings, job, (act) => queue.add(act, { priority }));
      },
    };
  };
