import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEventPattern } from '../../../../local/emulators/eventbridge/event-pattern.ts';

const matches = (pattern: object, event: object): boolean =>
  parseEventPattern(JSON.stringify(pattern))(event);

describe('an event pattern', () => {
  it.each([
    [{ a: ['x', 'y'] }, { a: 'y' }],
    [{ a: [1] }, { a: 1 }],
    [{ a: { b: [null] } }, { a: { b: null } }],
    [{ a: ['x'] }, { a: ['q', 'x'] }],
    [{ a: { b: [2] } }, { a: [{ b: 1 }, { b: 2 }] }],
    [{ a: [{ prefix: 'ab' }] }, { a: 'abc' }],
    [{ a: [{ prefix: { 'equals-ignore-case': 'AB' } }] }, { a: 'abc' }],
    [{ a: [{ suffix: '.png' }] }, { a: 'b.png' }],
    [{ a: [{ 'equals-ignore-case': 'ABC' }] }, { a: 'abc' }],
    [{ a: [{ wildcard: 'a*c*e' }] }, { a: 'abcde' }],
    [{ a: [{ wildcard: '*' }] }, { a: '' }],
    [{ a: [{ wildcard: 'a\\*b' }] }, { a: 'a*b' }],
    [{ a: [{ numeric: ['>', 5, '<=', 10] }] }, { a: 10 }],
    [{ a: [{ numeric: ['=', 3] }] }, { a: 3 }],
    [{ a: [{ exists: true }] }, { a: '' }],
    [{ a: [{ exists: false }] }, {}],
    [{ a: { b: [{ exists: false }] } }, {}],
    [{ a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'z' }],
    [{ a: [{ 'anything-but': 5 }] }, { a: 6 }],
    [{ a: [{ 'anything-but': { suffix: ['x', 'y'] } }] }, { a: 'xz' }],
    [{ a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.0.0.255' }],
    [{ $or: [{ a: [1] }, { b: [2] }] }, { b: 2 }],
    [
      { c: [3], $or: [{ a: [1] }, { b: [2] }] },
      { a: 1, c: 3 },
    ],
  ])('%j takes %j', (pattern, event) => {
    expect(matches(pattern, event)).toBe(true);
  });

  it.each([
    [{ a: ['x'] }, {}],
    [{ a: ['1'] }, { a: 1 }],
    [{ a: [1], b: [2] }, { a: 1 }],
    [{ a: [{ prefix: 'ab' }] }, { a: 'cab' }],
    [{ a: [{ wildcard: 'ab*ba' }] }, { a: 'aba' }],
    [{ a: [{ wildcard: 'a\\*b' }] }, { a: 'axb' }],
    [{ a: [{ numeric: ['>', 5] }] }, { a: '6' }],
    [{ a: [{ exists: true }] }, { a: { b: 1 } }],
    [{ a: [{ 'anything-but': ['x'] }] }, {}],
    [{ a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'xyz' }],
    [{ a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.0.1.0' }],
    [{ $or: [{ a: [1] }, { b: [2] }] }, { a: 2, b: 1 }],
    [{ constructor: [{ exists: true }] }, {}],
  ])('%j leaves %j', (pattern, event) => {
    expect(matches(pattern, event)).toBe(false);
  });

  it.each([
    ['not JSON', '{'],
    ['empty', '{}'],
    ['a bare value', '{"a":"x"}'],
    ['an empty list', '{"a":[]}'],
    ['an unknown operator', '{"a":[{"near":1}]}'],
    ['two operators in one', '{"a":[{"prefix":"x","suffix":"y"}]}'],
    ['a numeric without a number', '{"a":[{"numeric":[">","5"]}]}'],
    ['two wildcards in a row', '{"a":[{"wildcard":"a**b"}]}'],
  ])('is refused when it is %s', (_what, text) => {
    expect(() => parseEventPattern(text)).toThrow(
      expect.objectContaining({ name: 'InvalidPattern' }),
    );
  });

  it('of wildcards agrees with the regular expression it stands for', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    const parts = fc.array(
      fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 3 }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(parts, letters, (pieces, value) => {
        const wildcard = pieces.join('*');
        const expected = new RegExp(`^${pieces.join('.*')}$`).test(value);
        expect(matches({ v: [{ wildcard }] }, { v: value })).toBe(expected);
      }),
    );
  });
});
