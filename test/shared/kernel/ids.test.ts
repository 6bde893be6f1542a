import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base32, derivedId, randomId, sha256Hex } from '../../../shared/kernel/ids.ts';

describe('base32', () => {
  it.each([
    ['', ''],
    ['00', '00'],
    ['ff', 'zw'],
    ['0123456789abcdef', '04hmasw9nf6yy'],
  ])('spells the bytes %s as %s', (hex, text) => {
    expect(base32(Buffer.from(hex, 'hex'))).toBe(text);
  });

  it('spells different bytes differently', () => {
    const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(base32(a) === base32(b)).toBe(Buffer.compare(a, b) === 0);
      }),
    );
  });
});

describe('randomId', () => {
  it('is made of characters that need escaping nowhere, and never the same', () => {
    const ids = Array.from({ length: 1_000 }, () => randomId('job'));
    expect(new Set(ids).size).toBe(1_000);
    expect(ids.filter((id) => !/^job_[0-9a-z]{26}$/.test(id))).toEqual([]);
  });
});

describe('derivedId', () => {
  it('is the same for the same parts, in every version', () => {
    expect(derivedId('job', 'acme', 'key')).toBe('job_azcx2na1479w7vrkyst830dzgm');
  });

  it('does not run the parts together', () => {
    expect(derivedId('job', 'ab', 'c')).not.toBe(derivedId('job', 'a', 'bc'));
    expect(derivedId('job', 'a', '')).not.toBe(derivedId('job', 'a'));
    expect(derivedId('job', 'é', 'x')).not.toBe(derivedId('job', 'é', 'y'));
  });
});

describe('sha256Hex', () => {
  it('is the same for a text and for its bytes', () => {
    expect(sha256Hex('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(sha256Hex(Buffer.from('abc'))).toBe(sha256Hex('abc'));
  });
});
