/**
 * Does a fixed list of items, one vendor call each, and keeps after each what became of it, so that
 * nothing is done twice and one item's failure does not stop the others.
 */
import { ProviderError } from '../errors/provider-error.ts';
import type { Json } from '../kernel/json.ts';
import { countItems } from './item-runs.ts';
import type { JobContext } from './job-type.ts';
import { itemsAhead, type WorkList, withDone, withFailed, withUncertain } from './work-list.ts';

export interface Work {
  /** What the items are, for the progress of the job. */
  readonly unit: string;
  /** How many items the budget lets through in a minute: says how long the rest takes at least. */
  readonly itemsAMinute?: number;
  /** `work` is what is known before the item, for a checkpoint in the middle of it. */
  readonly perform: (item: number, work: WorkList) => Promise<void>;
  /** The job's checkpoint around `work`. */
  readonly checkpointOf: (work: WorkList) => Json;
}

/**
 * Throws what concerns the job rather than an item: the end of a delivery, what is worth a retry, and
 * a credential that was refused before anything was done.
 */
export async function workThrough(
  context: JobContext,
  begun: WorkList,
  { unit, itemsAMinute, perform, checkpointOf }: Work,
): Promise<WorkList> {
  let work = begun;
  const keep = (next: WorkList): void => {
    work = next;
    const [done, total] = [work.behind, countItems(work.queue)];
    const left = itemsAMinute && { leastMinutesLeft: Math.ceil((total - done) / itemsAMinute) };
    context.checkpointAt(checkpointOf(work), { done, total, unit, ...left });
  };
  for (const item of itemsAhead(begun)) {
    try {
      await perform(item, work);
      keep(withDone(work));
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (error.disposition === 'uncertain') keep(withUncertain(work, item));
      else if (error.disposition !== 'park') throw error;
      else if (error.code !== 'provider.unauthorized') keep(withFailed(work, item, error));
      else if (work.behind === 0) throw error;
      else {
        keep(allFailed(work, error));
        break;
      }
    }
  }
  return work;
}

/** A key that is no longer taken refuses the rest as well: asking on would only make noise. */
const allFailed = (work: WorkList, error: ProviderError): WorkList =>
  itemsAhead(work).reduce((rest, item) => withFailed(rest, item, error), work);
