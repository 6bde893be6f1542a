import { describe, expect, it } from 'vitest';
import { partialRefusal } from '../../../../../shared/providers/opsramp/jobs/partial-refusal.ts';
import { changesOf } from '../../../../../shared/providers/opsramp/jobs/row-differences.ts';

describe('changesOf', () => {
  const row = {
    subject: 'a',
    requester: { loginName: 'asha', id: 'USR1' },
    resources: [{ id: 'r1', name: 'one' }, { id: 'r2' }],
  };

  it('finds no change where the row says the same and more', () => {
    const wanted = {
      subject: 'a',
      requester: { loginName: 'asha' },
      resources: [{ id: 'r2' }, { id: 'r1' }],
    };
    expect(changesOf(wanted, row)).toEqual({});
  });

  it.each([
    { subject: 'b' },
    { requester: { loginName: 'ben' } },
    { resources: [{ id: 'r1' }] },
    { resources: [{ id: 'r1' }, { id: 'r3' }] },
    { priority: 'High' },
  ])('finds that %j differs', (wanted) => {
    expect(changesOf(wanted, row)).toEqual(wanted);
  });
});

describe('partialRefusal', () => {
  it.each([
    [{ invalidPatches: ['P1', 'P2'] }, ['P1', 'P2'], 2],
    [{ failedEntities: { r1: 'gone' }, failedCount: 1, successCount: 3 }, ['r1'], 1],
    [{ FailedEntities: { r1: 'gone' }, FailedCount: 1, SuccessCount: 3 }, ['r1'], 1],
    [{ failedList: [{ id: 'm1' }], failedCount: 1 }, ['{"id":"m1"}'], 1],
    [{ failedCount: '2' }, [], 2],
    [{ failedCount: 'some', invalidPatches: null }, [], 0],
    [{ approvedPatches: 3, invalidPatches: [] }, [], 0],
    [null, [], 0],
    ['fine', [], 0],
  ])('reads %j', (body, ids, count) => {
    expect(partialRefusal(body)).toEqual({ ids, count });
  });
});
