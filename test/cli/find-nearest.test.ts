import { describe, expect, it } from 'vitest';
import { findNearest } from '../../cli/find-nearest.ts';

const commands = ['submit', 'jobs', 'job', 'watch', 'budgets', 'job-types'];

describe('the nearest candidate', () => {
  it.each([
    ['submti', 'submit', 'two neighbours swapped'],
    ['jbos', 'jobs', 'two neighbours swapped'],
    ['wtach', 'watch', 'two neighbours swapped'],
    ['budget', 'budgets', 'its beginning'],
    ['job-type', 'job-types', 'its beginning'],
    ['wtch', 'watch', 'a letter left out'],
    ['jobss', 'jobs', 'a letter too many'],
  ])('is found for %s: %s (%s)', (word, expected) => {
    expect(findNearest(word, commands)).toBe(expected);
  });

  it.each(['deploy', 'x', ''])('is none for "%s", which resembles nothing', (word) => {
    expect(findNearest(word, commands)).toBeUndefined();
  });
});
