import { describe, expect, it } from 'vitest';
import { findText, withoutFields } from '../../../shared/jobs/without-fields.ts';

describe('withoutFields', () => {
  it('drops a field at any depth, and keeps all else exact', () => {
    const value = { a: [{ code: 'x', id: 6839681950832132113n }], code: { b: 1 }, c: null };
    expect(withoutFields(value, ['code'])).toEqual({ a: [{ id: 6839681950832132113n }], c: null });
    expect(withoutFields('code', ['code'])).toBe('code');
  });
});

describe('findText', () => {
  it('finds the text of a field at any depth, and nothing that is no text', () => {
    expect(findText({ data: [{ code: 1 }, { code: 'x' }] }, 'code')).toBe('x');
    expect(findText({ code: '', data: { code: { code: null } } }, 'code')).toBeUndefined();
    expect(findText('code', 'code')).toBeUndefined();
  });
});
