import { type FieldProblem, toSluiceError } from '../errors/sluice-error.ts';

/** What `check` throws, as problems of the fields `under` that place of the config. */
export function problemsOf(under: string, check: () => unknown): FieldProblem[] {
  try {
    check();
    return [];
  } catch (error) {
    const known = toSluiceError(error);
    if (known.fields.length === 0) return [{ field: under, problem: known.message }];
    return known.fields.map(({ field, problem }) => ({ field: `${under}.${field}`, problem }));
  }
}
