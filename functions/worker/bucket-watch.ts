/**
 * Compares what a vendor says it counted a call in with the budget that Sluice took the permit of. One
 * budget should be one bucket: two budgets in one bucket are together allowed less than Sluice thinks,
 * and a budget in two buckets waits for nothing. It tells, and changes nothing; it knows the answers of
 * its own process alone.
 */
import type { TaughtLimit } from '../../shared/jobs/vendor-account.ts';
import type { Log } from '../../shared/lambda/log.ts';

export interface BucketWatch {
  see(taught: Pick<TaughtLimit, 'budget' | 'bucket'>): void;
}

/** A vendor that makes up names is not told of for ever. */
const TOLD_MAX = 20;

export function createBucketWatch(log: Log): BucketWatch {
  /** By budget, the bucket that it was first counted in; and back, within an account. */
  const bucketOf = new Map<string, string>();
  const budgetOf = new Map<string, string>();
  const told = new Set<string>();
  return {
    see({ budget: { id, name }, bucket }) {
      if (bucket === undefined) return;
      const inAccount = `${id.slice(0, -name.length)}${bucket}`;
      if (!bucketOf.has(id)) {
        bucketOf.set(id, bucket);
        if (!budgetOf.has(inAccount)) budgetOf.set(inAccount, id);
      }
      const [usual, other] = [bucketOf.get(id), budgetOf.get(inAccount)];
      const isOwn = usual === bucket && other === id;
      const pair = `${id} ${bucket}`;
      if (isOwn || told.has(pair) || told.size >= TOLD_MAX) return;
      told.add(pair);
      log.warn('foreign bucket: the vendor counts otherwise than Sluice', {
        budget: id,
        bucket,
        ...(usual === bucket ? {} : { usualBucket: usual }),
        ...(other === undefined || other === id ? {} : { otherBudget: other }),
      });
    },
  };
}
