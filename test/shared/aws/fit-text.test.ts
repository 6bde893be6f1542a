import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitText } from '../../../shared/aws/fit-text.ts';

describe('fitText', () => {
  it('leaves a text alone that fits', () => {
    expect(fitText('grüße', 7)).toBe('grüße');
  });

  it('cuts between characters, never through one', () => {
    expect(fitText('ab\u{1F600}cd', 7)).toBe('ab…');
    expect(fitText('ab\u{1F600}cdef', 9)).toBe('ab\u{1F600}…');
  });

  it('never gives more bytes than asked for, and always a beginning of the text', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 3, max: 50 }), (text, bytesMax) => {
        const fitted = fitText(text, bytesMax);
        expect(Buffer.byteLength(fitted)).toBeLessThanOrEqual(bytesMax);
        if (fitted !== text) expect(text.startsWith(fitted.slice(0, -1))).toBe(true);
      }),
    );
  });
});
