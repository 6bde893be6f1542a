import { describe, expect, it } from 'vitest';
import { unitsOfBytes, writeUnitsOf } from '../../../../bench/compare/cost/write-units.ts';
import { sampleJob } from '../../../support/sample-job.ts';

const job = sampleJob({ status: 'queued' });

describe('the write units of a row', () => {
  it('are one for each KB begun', () => {
    expect([0, 1, 1_024, 1_025].map(unitsOfBytes)).toEqual([1, 1, 1, 2]);
  });

  it('include an entry in each index that a new row is in', () => {
    const { attentionAtMs: _none, ...calm } = job;
    expect(writeUnitsOf(undefined, { ...calm, attentionAtMs: 5 })).toBe(
      writeUnitsOf(undefined, calm) + 1,
    );
  });

  it('are two for an entry whose key changes and one for another change', () => {
    const touched = { ...job, updatedAtMs: job.updatedAtMs + 1 };
    const moved = { ...touched, status: 'running' as const };
    expect(writeUnitsOf(job, moved)).toBe(writeUnitsOf(job, touched) + 1);
  });

  it('leave out the indexes that a change does not touch', () => {
    const unseen = { ...job, writeId: 'w_other' };
    expect(writeUnitsOf(job, unseen)).toBe(1);
  });
});
