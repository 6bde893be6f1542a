import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInstantHeap } from '../../../../local/emulators/sqs/instant-heap.ts';

describe('the heap of instants', () => {
  it('takes out items by instant, equal ones in order of arrival, without those removed', () => {
    const inserted = fc.array(fc.record({ atMs: fc.nat(20), removed: fc.boolean() }));
    fc.assert(
      fc.property(inserted, (items) => {
        const heap = createInstantHeap<number>();
        const entries = items.map(({ atMs }, index) => heap.add(index, atMs));
        items.forEach(({ removed }, index) => {
          const entry = entries[index];
          if (removed && entry !== undefined) heap.remove(entry);
        });
        const taken: (number | undefined)[] = [];
        while (heap.size > 0) taken.push(heap.takeDue(20));
        const expected = items
          .map(({ atMs, removed }, index) => ({ atMs, removed, index }))
          .filter(({ removed }) => !removed)
          .sort((a, b) => a.atMs - b.atMs || a.index - b.index)
          .map(({ index }) => index);
        expect(taken).toEqual(expected);
      }),
    );
  });

  it('keeps what is not due', () => {
    const heap = createInstantHeap<string>();
    heap.add('later', 10);
    expect(heap.takeDue(9)).toBeUndefined();
    expect(heap.first()?.atMs).toBe(10);
  });
});
