import { describe, expect, it } from 'vitest';
import { dispositions, isErrorCode } from '../../../shared/errors/codes.ts';

describe('dispositions', () => {
  it('says of every code what is done about it', () => {
    const known = ['park', 'retry', 'defer', 'uncertain', 'answer'];
    expect(Object.values(dispositions).filter((it) => !known.includes(it))).toEqual([]);
  });

  it.each([
    ['provider.throttled', 'defer'],
    ['provider.no-answer', 'uncertain'],
    ['provider.unavailable', 'retry'],
    ['store.unavailable', 'defer'],
    ['internal.unexpected', 'retry'],
    ['provider.rejected', 'park'],
    ['provider.unauthorized', 'park'],
    ['account.secret-missing', 'park'],
    ['job.stale-input', 'park'],
    ['job.invalid', 'answer'],
    ['job.idempotency-conflict', 'answer'],
    ['request.too-large', 'answer'],
    ['webhook.mapping-failed', 'answer'],
  ] as const)('treats %s with: %s', (code, disposition) => {
    expect(dispositions[code]).toBe(disposition);
  });

  it('spells every code as area.what, so that scripts may match on the area', () => {
    const codes = Object.keys(dispositions);
    expect(codes.filter((code) => !/^[a-z]+\.[a-z-]+$/.test(code))).toEqual([]);
  });
});

describe('isErrorCode', () => {
  it.each([
    ['job.invalid', true],
    ['job.wrong', false],
    ['constructor', false],
    ['', false],
  ])('answers for %j: %s', (code, is) => {
    expect(isErrorCode(code)).toBe(is);
  });
});
