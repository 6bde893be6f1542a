import { describe, expect, it } from 'vitest';
import { itemBytes } from '../../../local/stack/item-size.ts';

describe('the size of an item', () => {
  it('is that of its names and its values, texts in UTF-8', () => {
    expect(itemBytes({ id: { S: 'job_1' } })).toBe(2 + 5);
    expect(itemBytes({ name: { S: 'Zürich' } })).toBe(4 + 7);
    expect(itemBytes({ version: { N: '1234567' } })).toBe(7 + 5);
    expect(itemBytes({ cancelRequested: { BOOL: true } })).toBe(15 + 1);
  });

  it('counts what lists and maps hold, and their own bytes', () => {
    expect(itemBytes({ log: { L: [{ S: 'ab' }, { S: 'c' }] } })).toBe(3 + 3 + (2 + 1) + (1 + 1));
    expect(itemBytes({ at: { M: { x: { N: '12' } } } })).toBe(2 + 3 + 1 + (1 + 2));
  });
});
