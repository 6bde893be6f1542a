/**
 * Event patterns: which events a rule takes. Every named field must match one of the values listed
 * for it; `$or` asks for any of its alternatives.
 * Source: Amazon EventBridge user guide, Creating event patterns.
 */
import { InvalidPattern, parseMatcher } from './value-matchers.ts';

/** An undefined value is a field that the event does not have. */
export type EventMatcher = (event: unknown) => boolean;

/** Throws InvalidPattern. */
export function parseEventPattern(text: string): EventMatcher {
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw new InvalidPattern('the pattern is not JSON');
  }
  if (!isRecord(pattern) || Object.keys(pattern).length === 0) {
    throw new InvalidPattern('a pattern is an object with at least one field');
  }
  return parseFields(pattern);
}

function parseFields(pattern: Readonly<Record<string, unknown>>): EventMatcher {
  const matchers = Object.entries(pattern).map(([name, part]) =>
    name === '$or' && isAlternatives(part) ? parseAlternatives(part) : parseField(name, part),
  );
  return (event) => matchers.every((matches) => matches(event));
}

/** `$or` with anything but a list of objects is a field of that name. */
const isAlternatives = (part: unknown): part is readonly Record<string, unknown>[] =>
  Array.isArray(part) && part.length > 1 && part.every(isRecord);

function parseAlternatives(parts: readonly Record<string, unknown>[]): EventMatcher {
  const matchers = parts.map(parseFields);
  return (event) => matchers.some((matches) => matches(event));
}

function parseField(name: string, part: unknown): EventMatcher {
  if (isRecord(part)) {
    const matches = parseFields(part);
    return (event) => fieldValues(event, name).some(matches);
  }
  if (!Array.isArray(part) || part.length === 0) {
    throw new InvalidPattern(`"${name}" needs a list of values or an object`);
  }
  const matchers = part.map(parseMatcher);
  return (event) =>
    fieldValues(event, name)
      .map((value) => (isRecord(value) ? undefined : value))
      .some((value) => matchers.some((matches) => matches(value)));
}

/** An array stands for each of its elements; a field that is not there is undefined. */
function fieldValues(event: unknown, name: string): unknown[] {
  const value = isRecord(event) && Object.hasOwn(event, name) ? event[name] : undefined;
  if (!Array.isArray(value)) return [value];
  return value.length === 0 ? [undefined] : value;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
