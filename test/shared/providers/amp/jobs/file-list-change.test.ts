import { describe, expect, it } from 'vitest';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Business, startBusiness } from '../business.ts';

const ADD = 'amp.file-list.add';
const REMOVE = 'amp.file-list.remove';
const GONE = '00000000-0000-4000-8000-000000000000';
const hashes = ['a', 'b', 'c'].map((digit) => digit.repeat(64));

const listOf = (business: Business) => {
  const [list] = business.console().state.fileLists.values();
  if (!list) throw new RangeError('the business has no file list');
  return list;
};

const present = (business: Business): string[] =>
  hashes.filter((sha256) => listOf(business).items.has(sha256));

describe('amp.file-list.add', () => {
  it('adds each file with a call of its own, and takes one that is there for added', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    const { guid: list, items } = listOf(business);
    items.set('b'.repeat(64), 'was there');
    const files = [...hashes, 'A'.repeat(64)];
    const job = await harness.run(ADD, { list, files, description: 'Case 4711' });
    expect(job).toMatchObject({
      status: 'succeeded',
      attempts: 3,
      summary: 'added 2 files, 1 were in the list already',
    });
    expect(present(business)).toEqual(hashes);
    expect(items.get('a'.repeat(64))).toBe('Case 4711');
    expect(await harness.result(job)).toEqual({
      ...{ list, files: 3, added: 2, failed: [], uncertain: [] },
    });
  });

  it('fails where there is no such list', async () => {
    const business = await startBusiness();
    const job = await business.harness().run(ADD, { list: GONE, files: hashes });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.not-found' } });
  });

  it('goes on past a refused file, and a retry sends only that one', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    business.simulator.faults.add({ skip: 1, fault: { kind: 'status', status: 400 } });
    const job = await harness.run(ADD, { list: listOf(business).guid, files: hashes });
    expect(job).toMatchObject({ status: 'partial', summary: 'added 2 files, 1 failed' });
    expect(await harness.result(job)).toMatchObject({ failed: [{ files: [hashes[1]] }] });
    expect(await harness.retry(job.id)).toMatchObject({ status: 'succeeded' });
    expect(business.requests()).toHaveLength(4);
    expect(present(business)).toEqual(hashes);
  });

  it('repeats a call that was not answered: it changes nothing more', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    business.simulator.faults.add({ fault: { kind: 'cut', acted: true } });
    const job = await harness.run(ADD, { list: listOf(business).guid, files: hashes });
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(present(business)).toEqual(hashes);
  });

  it('S20 adds nothing while it only observes', async () => {
    const business = await startBusiness();
    const params = { list: listOf(business).guid, files: hashes };
    const job = await business.harness().run(ADD, params, { mode: 'observe' });
    expect(job).toMatchObject({ status: 'succeeded', summary: 'would add 3 files' });
    expect(business.requests()).toEqual([]);
  });

  it('adds every file, whenever its worker is killed', async () => {
    const business = await startBusiness();
    const request = { type: ADD, params: { list: listOf(business).guid, files: hashes } };
    const steps = await killEverywhere(business, request, ({ job }) => {
      expect(job).toMatchObject({ status: 'succeeded' });
      expect(present(business)).toEqual(hashes);
    });
    expect(steps).toBeGreaterThan(10);
  });
});

describe('amp.file-list.remove', () => {
  it('removes files, and takes one that is not there for removed', async () => {
    const business = await startBusiness();
    const harness = business.harness();
    const { guid: list, items } = listOf(business);
    for (const sha256 of hashes.slice(0, 2)) items.set(sha256, 'bad');
    const job = await harness.run(REMOVE, { list, files: hashes });
    expect(job).toMatchObject({
      status: 'succeeded',
      summary: 'removed 2 files, 1 were not in the list',
    });
    expect(present(business)).toEqual([]);
  });

  it('fails where there is no such list: that is not the same', async () => {
    const business = await startBusiness();
    const job = await business.harness().run(REMOVE, { list: GONE, files: hashes });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.not-found' } });
  });
});
