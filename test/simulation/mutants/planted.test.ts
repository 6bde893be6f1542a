import { describe, expect, it } from 'vitest';
import { changedText } from '../../support/change.ts';
import { mutants } from './planted.ts';

/** Whether each is found is for `npm run mutants`, which takes minutes. */
describe('a planted bug', () => {
  it.each(mutants)('can be planted in the code as it is: $id', (mutant) => {
    expect(changedText(mutant)).toContain(mutant.replace);
  });

  it('has an id of its own', () => {
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  });
});
