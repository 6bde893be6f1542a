import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findInstantMs,
  SearchText,
  searchDate,
  searchDateOf,
  toQueryString,
} from '../../../../shared/providers/opsramp/query-string.ts';

describe('toQueryString', () => {
  it('joins keys by + and values by commas, and leaves out what is not asked for', () => {
    expect(toQueryString({ states: ['A', 'B'], id: 'x', none: undefined })).toBe('states:A,B+id:x');
    expect(toQueryString({ none: undefined })).toBeUndefined();
  });

  it.each(['a+b', 'a,b', '', 'a\nb', 'x'.repeat(201)])('takes no value such as %j', (value) => {
    expect(SearchText.safeParse(value).success).toBe(false);
  });
});

describe('dates of OpsRamp', () => {
  it('are in UTC without a Z and without milliseconds', () => {
    expect(searchDateOf('2026-03-01T02:00:00.5+02:00')).toBe('2026-03-01T00:00:00+0000');
    expect(searchDateOf(undefined)).toBeUndefined();
  });

  it.each([
    ['2026-03-01T00:00:00+0000', Date.UTC(2026, 2, 1)],
    ['2026-03-01T02:00:00+0200', Date.UTC(2026, 2, 1)],
    ['2026-03-01 00:00:00', Date.UTC(2026, 2, 1)],
    ['2026-03-01T00:00:00.123Z', Date.UTC(2026, 2, 1)],
    [1_772_323_200, Date.UTC(2026, 2, 1)],
    ['1772323200000', Date.UTC(2026, 2, 1)],
    ['soon', undefined],
    ['2026-13-01 00:00:00', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('are read from %j', (value, atMs) => {
    expect(findInstantMs(value)).toBe(atMs);
  });

  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (epochSeconds) => {
        expect(findInstantMs(searchDate(epochSeconds * 1_000))).toBe(epochSeconds * 1_000);
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});
