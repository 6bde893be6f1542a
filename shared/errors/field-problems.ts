import type * as z from 'zod';
import type { FieldProblem } from './sluice-error.ts';

/** Every problem zod found, one a field, with unknown fields named one by one. */
export function fieldProblems(error: z.ZodError, under = ''): FieldProblem[] {
  return error.issues.flatMap((issue) => {
    const path = fieldPath(under, issue.path);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        field: fieldPath(path, [key]),
        problem: 'is not a known field: remove it or correct its spelling',
      }));
    }
    if (issue.code === 'invalid_key') {
      return issue.issues.map(({ message }) => ({ field: path, problem: message }));
    }
    return [{ field: path === '' ? '(body)' : path, problem: describeIssue(issue) }];
  });
}

/** zod's own words for a wrong type speak of "input"; a caller knows fields. */
function describeIssue({ message }: z.core.$ZodIssue): string {
  const bound = /^Too (?:big|small): expected (\w+) to (be|have) ([<>]=?)(\d+)( \w+)?$/.exec(
    message,
  );
  if (bound) return describeBound(bound);
  const listed = /^Invalid (?:option: expected one of|input: expected) (".*)$/.exec(message);
  if (listed?.[1]) return describeChoices(listed[1].split('|'));
  const typed = /^Invalid input: expected (.+), received (\w+)$/.exec(message);
  if (!typed) return message.replace(/^Invalid input$/, 'is not one of the forms that are allowed');
  const expected = typed[1] === 'record' ? 'object' : (typed[1] ?? '');
  const article = /^[aeiou]/.test(expected) ? 'an' : 'a';
  if (typed[2] === 'undefined') return `is required: ${article} ${expected}`;
  return `must be ${article} ${expected}, not ${typed[2]}`;
}

const describeChoices = (choices: readonly string[]): string =>
  choices.length === 1 ? `must be ${choices[0]}` : `must be one of ${choices.join(', ')}`;

function describeBound([, , verb, sign = '', limit, unit = '']: readonly string[]): string {
  const words = { '<': 'less than', '<=': 'at most', '>': 'more than', '>=': 'at least' }[sign];
  return `must ${verb} ${words} ${limit}${unit}`;
}

export function fieldPath(under: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, under);
}

/** `a: is wrong; b: is missing` for logs and one-line messages. */
export const describeFields = (fields: readonly FieldProblem[]): string =>
  fields.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
