import { describe, expect, it } from 'vitest';
import { vendorText } from '../../../shared/http/vendor-text.ts';

describe('S10 the text of a vendor', () => {
  it.each([
    'Bearer canary-of-7-words',
    'api_key=canary7',
    '"token": "canary-7"',
    'password: canary7',
    '0f8fad5b-d9cb-469f-a165-70867728950e',
    'AKIA0CANARY1PRESIGNED9',
  ])('is told without the credential in it: %s', (credential) => {
    const told = vendorText(`the key ${credential} is not allowed`);
    expect(told).toBe(`the key ${told.slice(8, -15)} is not allowed`);
    expect(told).toContain('[redacted]');
    expect(told).not.toMatch(/canary|0f8f|AKIA/i);
  });

  it('is one line of at most 300 characters', () => {
    const told = vendorText(`no\r\nsuch\tdevice ${'x '.repeat(1_000)}`);
    expect(told).toMatch(/^no such device x/);
    expect(told).toHaveLength(300);
  });
});
