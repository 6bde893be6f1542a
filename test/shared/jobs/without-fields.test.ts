import { describe, expect, it } from 'vitest';
import { withoutFields } from '../../../shared/jobs/without-fields.ts';

describe('withoutFields', () => {
  it('drops a field at any depth, and keeps all else exact', () => {
    const value = { a: [{ code: 'x', id: 6839681950832132113n }], code: { b: 1 }, c: null };
    expect(withoutFields(value, ['code'])).toEqual({ a: [{ id: 6839681950832132113n }], c: null });
    expect(withoutFields('code', ['code'])).toBe('code');
  });
});
