import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalJson,
  findUnsafeJson,
  isJsonObject,
  JSON_DEPTH_MAX,
  parseJson,
  stringifyJson,
} from '../../../shared/kernel/json.ts';

const nested = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>((inner) => ({ inner }), 1);

describe('parseJson and stringifyJson', () => {
  it.each([
    ['0', 0],
    ['-7', -7],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['9007199254740993', 9007199254740993n],
    ['-9223372036854775808', -9223372036854775808n],
    ['18446744073709551616', 18446744073709551616n],
    ['1.5', 1.5],
    ['1e3', 1000],
    ['"9007199254740993"', '9007199254740993'],
    ['null', null],
    ['true', true],
  ])('reads %s without loss', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it('writes every integer back as it was read, wherever it stands', () => {
    const text = '{"a":[9007199254740993,{"b":-9223372036854775808}],"c":1}';
    expect(stringifyJson(parseJson(text))).toBe(text);
  });

  it('gives back any value of any integers', () => {
    const integers = fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n });
    fc.assert(
      fc.property(fc.array(integers), (values) => {
        const text = `[${values.join(',')}]`;
        expect(stringifyJson(parseJson(text))).toBe(text);
      }),
    );
  });

  it('gives back any JSON value', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(stringifyJson(parseJson(text)))).toEqual(parseJson(text));
      }),
    );
  });

  it.each(['', '{', '{"a":}', 'undefined', "{'a':1}", '[1,]', '01'])(
    'throws a SyntaxError for %j',
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );

  it('writes null for what JSON cannot say', () => {
    expect(stringifyJson(undefined)).toBe('null');
  });
});

describe('canonicalJson', () => {
  it('is the same for the same value, however its keys are ordered', () => {
    const a = parseJson('{"b":1,"a":{"d":[{"y":1,"x":2}],"c":null}}');
    const b = parseJson('{"a":{"c":null,"d":[{"x":2,"y":1}]},"b":1}');
    expect(canonicalJson(a)).toBe('{"a":{"c":null,"d":[{"x":2,"y":1}]},"b":1}');
    expect(canonicalJson(b)).toBe(canonicalJson(a));
  });

  it('keeps the order of lists and leaves out what is undefined', () => {
    expect(canonicalJson({ z: [2, 1], y: undefined })).toBe('{"z":[2,1]}');
  });

  it('does not take a large integer for the double next to it', () => {
    expect(canonicalJson(parseJson('[9007199254740993]'))).not.toBe(
      canonicalJson(parseJson('[9007199254740992]')),
    );
  });

  it('forgets any order of any keys', () => {
    const shuffled = fc
      .dictionary(fc.string(), fc.integer())
      .chain((value) =>
        fc
          .shuffledSubarray(Object.entries(value), { minLength: Object.keys(value).length })
          .map((entries) => [value, Object.fromEntries(entries)] as const),
      );
    fc.assert(
      fc.property(shuffled, ([value, other]) => {
        expect(canonicalJson(other)).toBe(canonicalJson(value));
      }),
    );
  });
});

describe('S7 findUnsafeJson', () => {
  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s at any depth', (key) => {
    const reason = `the key "${key}" is not allowed`;
    expect(findUnsafeJson(parseJson(`{"${key}":1}`))).toBe(reason);
    expect(findUnsafeJson(parseJson(`[{"a":[{"${key}":{}}]}]`))).toBe(reason);
  });

  it('takes as many levels as it may and refuses one more', () => {
    expect(findUnsafeJson(nested(JSON_DEPTH_MAX))).toBeUndefined();
    expect(findUnsafeJson(nested(JSON_DEPTH_MAX + 1))).toBe('nested deeper than 32 levels');
  });

  it('does not walk further down than the limit', () => {
    expect(findUnsafeJson(nested(100_000))).toBe('nested deeper than 32 levels');
  });

  it.each([1, 'text', null, undefined, true, {}, [], { constructor_: 1 }])(
    'finds nothing wrong with %j',
    (value) => {
      expect(findUnsafeJson(value)).toBeUndefined();
    },
  );
});

describe('isJsonObject', () => {
  it.each([
    [{}, true],
    [{ a: 1 }, true],
    [[], false],
    [null, false],
    ['{}', false],
    [1n, false],
  ])('takes %s for an object: %s', (value, is) => {
    expect(isJsonObject(value)).toBe(is);
  });
});
