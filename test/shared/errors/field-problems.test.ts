import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { describeFields, fieldPath, fieldProblems } from '../../../shared/errors/field-problems.ts';

const Sample = z.strictObject({
  name: z.string(),
  rows: z.array(z.strictObject({ id: z.int() })),
  byName: z.record(z.string().regex(/^[a-z]+$/, 'must be lower case'), z.int()).optional(),
});

function problemsOf(value: unknown, under = ''): (readonly [string, string])[] {
  const parsed = z.safeParse(Sample, value);
  if (parsed.success) return [];
  return fieldProblems(parsed.error, under).map(({ field, problem }) => [field, problem]);
}

const UNKNOWN = 'is not a known field: remove it or correct its spelling';

describe('fieldProblems', () => {
  it('names each wrong field by its path', () => {
    const fields = problemsOf({ rows: [{ id: 1 }, { id: 'x' }] }).map(([field]) => field);
    expect(fields).toEqual(['name', 'rows[1].id']);
  });

  it('says what a field must be in the words of a caller', () => {
    expect(problemsOf({ rows: [{ id: 'x' }] })).toEqual([
      ['name', 'is required: a string'],
      ['rows[0].id', 'must be a number, not string'],
    ]);
  });

  it('names every unknown field one by one, where it stands', () => {
    const value = { name: 'a', rows: [{ id: 1, extra: 1 }], nmae: 1, rwos: 2 };
    expect(problemsOf(value)).toEqual([
      ['rows[0].extra', UNKNOWN],
      ['nmae', UNKNOWN],
      ['rwos', UNKNOWN],
    ]);
  });

  it('says of a wrong key what a key must be', () => {
    expect(problemsOf({ name: 'a', rows: [], byName: { UPPER: 1 } })).toEqual([
      ['byName.UPPER', 'must be lower case'],
    ]);
  });

  it.each([
    [z.string().max(3), 'four', 'must have at most 3 characters'],
    [z.array(z.int()).min(2), [1], 'must have at least 2 items'],
    [z.int().min(1), 0, 'must be at least 1'],
    [z.int().max(9), 10, 'must be at most 9'],
    [z.number().lt(5), 5, 'must be less than 5'],
    [z.number().gt(5), 5, 'must be more than 5'],
    [z.enum(['normal', 'urgent']), 'soon', 'must be one of "normal", "urgent"'],
    [z.literal('once'), 'twice', 'must be "once"'],
    [z.record(z.string(), z.int()), 3, 'must be an object, not number'],
    [z.array(z.int()), undefined, 'is required: an array'],
    [z.union([z.int(), z.boolean()]), 'x', 'is not one of the forms that are allowed'],
    [z.string().min(1, 'must name a device'), '', 'must name a device'],
  ])('says what a value must be (%#)', (schema, value, problem) => {
    const parsed = z.safeParse(schema, value);
    expect(parsed.error && fieldProblems(parsed.error)).toEqual([{ field: '(body)', problem }]);
  });

  it('calls the whole input the body', () => {
    expect(problemsOf(7).map(([field]) => field)).toEqual(['(body)']);
  });

  it('puts the paths under where the value stood', () => {
    const fields = problemsOf({ name: 1, rows: [], x: 1 }, 'params').map(([field]) => field);
    expect(fields).toEqual(['params.name', 'params.x']);
    expect(problemsOf(null, 'params').map(([field]) => field)).toEqual(['params']);
  });
});

describe('fieldPath', () => {
  it.each([
    ['', ['a', 0, 'b'], 'a[0].b'],
    ['params', [1], 'params[1]'],
    ['', [], ''],
  ] as const)('continues %j with %j as %s', (under, path, text) => {
    expect(fieldPath(under, path)).toBe(text);
  });
});

describe('describeFields', () => {
  it('is one line for logs', () => {
    const fields = [
      { field: 'a', problem: 'is wrong' },
      { field: 'b', problem: 'is missing' },
    ];
    expect(describeFields(fields)).toBe('a: is wrong; b: is missing');
  });
});
