import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changedText } from '../support/change.ts';
import { claimChanges } from './planted-changes.ts';

const page = readFileSync('docs/security.md', 'utf8');

/** Claims that are enforced, by the page. */
const claims = [...page.matchAll(/^\| (S\d+) \| (?!not enforced)/gm)].map(([, id]) => id);

/** Whether each is noticed is for `npm run claims`, which takes minutes. */
describe('a change that breaks a claim', () => {
  it('is there for each claim that is enforced', () => {
    expect(claims.length).toBeGreaterThan(20);
    expect([...new Set(claimChanges.map(({ claim }) => claim))].sort()).toEqual(claims.toSorted());
  });

  it.each(claimChanges)('fits the file as it is: $claim, $what', (change) => {
    expect(changedText(change)).toContain(change.replace);
  });

  it.each(claimChanges)('is what the page says, and its tests are there: $claim', (change) => {
    const row = page.split('\n').find((line) => line.startsWith(`| ${change.claim} |`));
    expect(row).toContain(`| ${change.what} |`);
    for (const test of change.tests) expect(row).toContain(`(../${test})`);
  });
});
