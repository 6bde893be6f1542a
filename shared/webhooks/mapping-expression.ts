/**
 * Compiles a JSONata expression and refuses, before any payload comes, what a mapping must not use.
 *
 * A mapping is a pure function of the delivery: the same one twice gives the same jobs, so that a
 * sender that repeats itself is recognised. And it is data: it cannot evaluate text from the
 * payload.
 */
import jsonata, { type Expression } from 'jsonata';
import { SluiceError } from '../errors/sluice-error.ts';
import {
  createRegexEngine,
  ENTRY_HOOK,
  EXIT_HOOK,
  enterStep,
  leaveStep,
  type MappingLimits,
} from './mapping-limits.ts';

const EXPRESSION_CHARS_MAX = 20_000;

const refusedFunctions: Readonly<Record<string, string>> = {
  eval: 'runs text as code',
  now: 'depends on the moment: use receivedAt',
  millis: 'depends on the moment: use receivedAt',
  random: 'gives another job for the same delivery',
  shuffle: 'gives another job for the same delivery',
};

/** Throws `webhook.mapping-failed`, with the position, for an expression that cannot be used. */
export function compileMapping(source: string, limits: MappingLimits): Expression {
  if (source.length > EXPRESSION_CHARS_MAX) {
    throw failed(`the mapping is longer than ${EXPRESSION_CHARS_MAX} characters`);
  }
  const expression = parse(source, limits);
  // JSONata's types know only names; its hooks are bound under symbols.
  const bind = expression.assign as (name: string | symbol, value: unknown) => void;
  bind(ENTRY_HOOK, enterStep);
  bind(EXIT_HOOK, leaveStep(limits));
  return expression;
}

/**
 * An error of JSONata (a plain object) in words; never the value at fault, which is the payload's.
 */
export function mappingFailure(error: unknown): SluiceError {
  if (error instanceof SluiceError) return error;
  const { code, position, token, message } = readThrown(error);
  const where = position === undefined ? '' : ` at character ${position}`;
  const near = token === undefined ? '' : ` near "${token}"`;
  // $error and $assert carry the author's own words; every other text may quote the payload.
  const words = code !== undefined && OWN_WORDS.has(code) ? `: ${message.slice(0, 200)}` : '';
  return failed(`the mapping failed${where}${near} (JSONata ${code ?? 'error'})${words}`);
}

const OWN_WORDS = new Set(['D3137', 'D3141']);

function parse(source: string, limits: MappingLimits): Expression {
  try {
    const expression = jsonata(source, {
      stack: limits.depth,
      sequence: limits.sequenceItems,
      RegexEngine: createRegexEngine(limits),
    });
    refuseFunctions(expression.ast());
    return expression;
  } catch (error) {
    throw mappingFailure(error);
  }
}

function refuseFunctions(node: unknown): void {
  if (typeof node !== 'object' || node === null || node instanceof RegExp) return;
  const { type, value, position } = node as { type?: unknown; value?: unknown; position?: unknown };
  if (type === 'variable' && typeof value === 'string' && Object.hasOwn(refusedFunctions, value)) {
    const why = refusedFunctions[value];
    throw failed(`the mapping uses $${value} at character ${String(position)}, which ${why}`);
  }
  for (const child of Object.values(node)) refuseFunctions(child);
}

interface Thrown {
  readonly code: string | undefined;
  readonly position: number | undefined;
  readonly token: string | undefined;
  readonly message: string;
}

function readThrown(error: unknown): Thrown {
  const { code, position, token, message } = Object(error) as Record<keyof Thrown, unknown>;
  return {
    code: typeof code === 'string' ? code : undefined,
    position: typeof position === 'number' ? position : undefined,
    token: typeof token === 'string' ? token.slice(0, 60) : undefined,
    message: typeof message === 'string' ? message : '',
  };
}

const failed = (message: string): SluiceError => new SluiceError('webhook.mapping-failed', message);
