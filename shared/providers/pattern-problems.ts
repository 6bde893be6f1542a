/**
 * Whether an EventBridge pattern can match an event of a kind: what EventBridge would refuse at the
 * deployment, and what it would take and never match.
 */
import { fieldPath } from '../errors/field-problems.ts';
import type { FieldProblem } from '../errors/sluice-error.ts';
import { isJsonObject, type Json, type JsonObject } from '../kernel/json.ts';

/** source: 'Amazon EventBridge user guide: Comparison operators for use in event patterns'. */
const operators = [
  'prefix',
  'suffix',
  'equals-ignore-case',
  'wildcard',
  'anything-but',
  'numeric',
  'exists',
  'cidr',
];

export function patternProblems(
  pattern: JsonObject,
  example: JsonObject,
  under: string,
): FieldProblem[] {
  return Object.entries(pattern).flatMap(([key, asked]) => {
    const field = fieldPath(under, [key]);
    const there = Object.hasOwn(example, key) ? example[key] : undefined;
    if (there === undefined) {
      const known = Object.keys(example).join(', ');
      return [{ field, problem: `is no field of the event; it has ${known}` }];
    }
    if (isJsonObject(there)) {
      if (isJsonObject(asked)) return patternProblems(asked, there, field);
      return [{ field, problem: `must be an object with fields of ${key}` }];
    }
    if (Array.isArray(asked) && asked.length > 0 && asked.every(isElement)) return [];
    const form = 'must be a list of values or operators';
    return [{ field, problem: `${form}, such as ["High"] or [{ "prefix": "web-" }]` }];
  });
}

/** A literal, or exactly one operator. */
function isElement(element: Json): boolean {
  if (typeof element !== 'object' || element === null) return true;
  const [operator = '', ...others] = Object.keys(element);
  return others.length === 0 && operators.includes(operator);
}
