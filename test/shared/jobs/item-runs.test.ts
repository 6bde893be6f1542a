import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { countItems, ItemRuns, itemsOf, toRuns, withItem } from '../../../shared/jobs/item-runs.ts';

const someItems = fc.array(fc.nat(40), { maxLength: 60 });

const inOrder = (items: readonly number[]): number[] => [...new Set(items)].sort((a, b) => a - b);

describe('runs of items', () => {
  it('are the items in order, each once, in whatever order they came', () => {
    fc.assert(
      fc.property(someItems, (items) => {
        const added = items.reduce<ItemRuns>(withItem, []);
        expect(itemsOf(added)).toEqual(inOrder(items));
        expect(itemsOf(toRuns(items))).toEqual(inOrder(items));
        expect(countItems(added)).toBe(inOrder(items).length);
        expect(added).toEqual(toRuns(items));
      }),
    );
  });

  it('are short where items are neighbours, and single items else', () => {
    expect(toRuns(Array.from({ length: 5_000 }).keys())).toEqual([[0, 4_999]]);
    expect(toRuns([7, 1, 3, 2])).toEqual([[1, 3], 7]);
  });

  it('read a plain list of items, as former versions kept it', () => {
    expect(itemsOf(z.parse(ItemRuns, [0, 1, 2, 5]))).toEqual([0, 1, 2, 5]);
  });
});
