import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../shared/errors/provider-error.ts';
import { itemsOf } from '../../../shared/jobs/item-runs.ts';
import {
  failedItems,
  findTotalFailure,
  itemsAhead,
  resumeWork,
  type WorkList,
  withDone,
  withFailed,
  withUncertain,
} from '../../../shared/jobs/work-list.ts';

type Fate = 'done' | 'failed' | 'uncertain';

const refused = (problem = 'no') =>
  new ProviderError('provider.rejected', problem, { status: 400 });

/** `work` once its next items have met these fates. */
const workAfter = (work: WorkList, fates: readonly Fate[]): WorkList =>
  fates.reduce((rest, fate) => {
    const [item = -1] = itemsAhead(rest);
    if (fate === 'done') return withDone(rest);
    return fate === 'failed' ? withFailed(rest, item, refused()) : withUncertain(rest, item);
  }, work);

describe('a work list', () => {
  it('goes on in the same run where it was', () => {
    const work = workAfter(resumeWork(undefined, 1, 4), ['done', 'failed']);
    expect(resumeWork(work, 1, 4)).toBe(work);
    expect(itemsAhead(work)).toEqual([2, 3]);
  });

  it('does again in the next run all that did not go well, and nothing else', () => {
    const fate = fc.constantFrom<Fate>('done', 'failed', 'uncertain');
    fc.assert(
      fc.property(fc.array(fate, { maxLength: 12 }), fc.nat(4), (fates, notReached) => {
        const items = fates.length + notReached;
        const work = workAfter(resumeWork(undefined, 1, items), fates);
        const again = Array.from({ length: items }, (_, item) => item);
        const expected = again.filter((item) => fates[item] !== 'done');
        expect(itemsAhead(resumeWork(work, 2, items))).toEqual(expected);
      }),
    );
  });

  it('groups failures that tell the same story, and loses no item when stories abound', () => {
    const stories = Array.from({ length: 30 }, (_, item) => `story ${item}`);
    const work = stories.reduce(
      (rest, story, item) => withFailed(rest, item, refused(story)),
      resumeWork(undefined, 1, 31),
    );
    const same = withFailed(work, 30, refused('story 0'));
    expect(same.failed).toHaveLength(20);
    expect(same.failed[0]).toMatchObject({ problem: 'story 0', status: 400, items: [0, 30] });
    expect([...failedItems(same)].sort((a, b) => a - b)).toEqual(itemsOf(same.queue));
  });

  it('is a total failure only where nothing at all went well', () => {
    const totalOf = (...fates: Fate[]) =>
      findTotalFailure(workAfter(resumeWork(undefined, 1, fates.length), fates), fates.length)
        ?.code;
    expect(totalOf('failed', 'failed')).toBe('provider.rejected');
    expect(totalOf('uncertain', 'uncertain')).toBe('provider.no-answer');
    expect(totalOf('failed', 'done')).toBeUndefined();
    expect(totalOf('failed', 'uncertain')).toBeUndefined();
    expect(totalOf()).toBeUndefined();
  });
});
