import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../shared/errors/provider-error.ts';
import { SluiceError, toSluiceError } from '../../../shared/errors/sluice-error.ts';

describe('SluiceError', () => {
  it('keeps code, fields and cause, and knows its disposition', () => {
    const cause = new Error('below');
    const fields = [{ field: 'a', problem: 'is odd' }];
    const error = new SluiceError('job.invalid', 'wrong', { cause, fields });
    expect(error).toMatchObject({ name: 'SluiceError', code: 'job.invalid', message: 'wrong' });
    expect(error.cause).toBe(cause);
    expect(error.fields).toEqual(fields);
    expect(error.disposition).toBe('answer');
  });

  it('has no cause where there is none, and no fields', () => {
    const error = new SluiceError('job.not-found', 'gone');
    expect('cause' in error).toBe(false);
    expect(error.fields).toEqual([]);
  });
});

describe('ProviderError', () => {
  it('is a SluiceError that names status and request id', () => {
    const error = new ProviderError('provider.rejected', 'no', { status: 400, requestId: 'r-1' });
    expect(error).toBeInstanceOf(SluiceError);
    expect(error).toMatchObject({ name: 'ProviderError', status: 400, requestId: 'r-1' });
  });
});

describe('toSluiceError', () => {
  it('gives back our own errors as they are', () => {
    const error = new SluiceError('job.not-found', 'gone');
    expect(toSluiceError(error)).toBe(error);
  });

  it.each([new TypeError('x is not a function at /var/task'), 'a text', undefined, { code: 1 }])(
    'keeps the text of anything else to itself: %s',
    (thrown) => {
      const error = toSluiceError(thrown);
      expect(error.code).toBe('internal.unexpected');
      expect(error.message).toBe('an unexpected error occurred');
      expect(error.cause).toBe(thrown);
    },
  );
});
