import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mutants } from './planted.ts';

/** Whether each is found is for `npm run mutants`, which takes minutes. */
describe('a planted bug', () => {
  it.each(mutants)('can be planted in the code as it is: $id', ({ file, find, replace }) => {
    expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
  });

  it('has an id of its own', () => {
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  });
});
