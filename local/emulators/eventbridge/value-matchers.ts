/**
 * The comparisons of one event value with one element of a pattern's list.
 * Source: Amazon EventBridge user guide, Comparison operators for use in event patterns.
 */
import { isIPv4 } from 'node:net';

export type ValueMatcher = (value: unknown) => boolean;

/** Thrown for a pattern that EventBridge would refuse. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern';
}

/** A literal, or an object with exactly one operator. */
export function parseMatcher(element: unknown): ValueMatcher {
  if (typeof element !== 'object' || element === null) return (value) => value === element;
  const [[operator, operand] = [], ...others] = Object.entries(element);
  const parse = Object.hasOwn(operators, operator ?? '') ? operators[operator ?? ''] : undefined;
  if (parse === undefined || others.length > 0) {
    throw new InvalidPattern(`not one known operator: ${JSON.stringify(element)}`);
  }
  return parse(operand);
}

const operators: Readonly<Record<string, (operand: unknown) => ValueMatcher>> = {
  prefix: (operand) => textMatcher(operand, (value, part) => value.startsWith(part)),
  suffix: (operand) => textMatcher(operand, (value, part) => value.endsWith(part)),
  'equals-ignore-case': (operand) => ignoringCase(toText(operand), (value, part) => value === part),
  wildcard: (operand) => wildcardMatcher(toText(operand)),
  numeric: numericMatcher,
  exists: existsMatcher,
  'anything-but': anythingBut,
  cidr: (operand) => cidrMatcher(toText(operand)),
};

type TextTest = (value: string, part: string) => boolean;

/** `prefix` and `suffix` take a text, or `{ "equals-ignore-case": text }`. */
function textMatcher(operand: unknown, test: TextTest): ValueMatcher {
  if (typeof operand === 'object' && operand !== null && 'equals-ignore-case' in operand) {
    return ignoringCase(toText(operand['equals-ignore-case']), test);
  }
  const part = toText(operand);
  return (value) => typeof value === 'string' && test(value, part);
}

function ignoringCase(part: string, test: TextTest): ValueMatcher {
  const lower = part.toLowerCase();
  return (value) => typeof value === 'string' && test(value.toLowerCase(), lower);
}

/** `*` is any text, `\*` and `\\` stand for themselves. Linear in the value's length per star. */
function wildcardMatcher(pattern: string): ValueMatcher {
  if (/(?<!\\)\*\*/.test(pattern)) throw new InvalidPattern('consecutive wildcards');
  const parts = pattern.split(/(?<!\\)\*/).map((part) => part.replace(/\\([*\\])/g, '$1'));
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return (value) => value === first;
  return (value) => {
    if (typeof value !== 'string' || !value.startsWith(first)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = value.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return value.endsWith(last) && value.length - last.length >= at;
  };
}

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** `[">", 0, "<=", 5]`: every pair holds. */
function numericMatcher(operand: unknown): ValueMatcher {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    throw new InvalidPattern('numeric needs one or two comparisons');
  }
  const tests = [0, 2].slice(0, operand.length / 2).map((at) => {
    const compare = comparisons[String(operand[at])];
    const bound: unknown = operand[at + 1];
    if (compare === undefined || typeof bound !== 'number') {
      throw new InvalidPattern(`not a numeric comparison: ${JSON.stringify(operand)}`);
    }
    return (value: number) => compare(value, bound);
  });
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

/** Only leaves exist: `{ "exists": true }` on an object does not match. */
function existsMatcher(operand: unknown): ValueMatcher {
  if (typeof operand !== 'boolean') throw new InvalidPattern('exists needs true or false');
  return (value) => (value !== undefined) === operand;
}

/** A value, a list of values, or an operator (with a value or a list of them). */
function anythingBut(operand: unknown): ValueMatcher {
  const forbidden = Array.isArray(operand) ? operand : expandOperator(operand);
  const matchers = forbidden.map(parseMatcher);
  return (value) => value !== undefined && !matchers.some((matches) => matches(value));
}

function expandOperator(operand: unknown): unknown[] {
  if (typeof operand !== 'object' || operand === null) return [operand];
  const [[operator, operands] = ['', undefined]] = Object.entries(operand);
  return [operands].flat().map((one) => ({ [operator]: one }));
}

function cidrMatcher(block: string): ValueMatcher {
  const [base = '', bits = ''] = block.split('/');
  if (!isIPv4(base) || !/^([0-9]|[12][0-9]|3[0-2])$/.test(bits)) {
    throw new InvalidPattern(`not an IPv4 block: ${block}`);
  }
  const size = 2 ** (32 - Number(bits));
  const start = Math.floor(toNumber(base) / size);
  return (value) =>
    typeof value === 'string' && isIPv4(value) && Math.floor(toNumber(value) / size) === start;
}

const toNumber = (address: string): number =>
  address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);

function toText(operand: unknown): string {
  if (typeof operand === 'string') return operand;
  throw new InvalidPattern(`expected a text, found ${JSON.stringify(operand)}`);
}
