/**
 * Whether the reactions of a config are what they seem: their events exist, their patterns and
 * placeholders name fields that such an event has, and what they fill in is a job.
 */
import {
  findPlaceholder,
  type Reaction,
  reactionMessage,
  renderReaction,
} from '../config/reaction.ts';
import type { SluiceConfig } from '../config/sluice-config.ts';
import { fieldPath } from '../errors/field-problems.ts';
import type { FieldProblem } from '../errors/sluice-error.ts';
import { parseJobRequest, type RequestRules } from '../jobs/parse-job-request.ts';
import { isJsonObject, type Json, type JsonObject } from '../kernel/json.ts';
import { patternProblems } from './pattern-problems.ts';
import { problemsOf } from './problems-of.ts';

export const reactionProblems = (
  { reactions }: SluiceConfig,
  rules: RequestRules,
  nowMs: number,
): FieldProblem[] =>
  Object.entries(reactions).flatMap(([name, reaction]) => {
    const under = `reactions.${name}`;
    const found = findExample(reaction.on, rules);
    if ('problem' in found) return [{ field: `${under}.on`, problem: found.problem }];
    const { example } = found;
    const unfit = [
      ...patternProblems(reaction.when, example, `${under}.when`),
      ...placeholderProblems(reaction.job, example, `${under}.job`),
      ...sizeProblems(name, reaction, under),
    ];
    if (unfit.length > 0) return unfit;
    const message = fill(reactionMessage(name, reaction), example);
    return problemsOf(`${under}.job`, () => parseJobRequest(message, rules, nowMs));
  });

type Example = { readonly example: JsonObject } | { readonly problem: string };

/** The detail of such an event, as the bus has it: the job that tells of it adds whose it is. */
function findExample(on: string, { catalog, accounts }: RequestRules): Example {
  const telling = catalog.list().filter(({ tells }) => tells !== undefined);
  const type = telling.find(({ tells }) => tells?.type === on);
  if (type?.tells === undefined) {
    const known = telling.map(({ tells }) => tells?.type).join(', ');
    return { problem: `is no event that a job tells of; known are ${known}` };
  }
  const account = Object.keys(accounts).find((name) => accounts[name]?.provider === type.provider);
  if (account === undefined) {
    return { problem: `is told by ${type.type}, and no account is one of ${type.provider}` };
  }
  return { example: { ...type.tells.example, id: 'id', account, tenant: 'default' } };
}

function placeholderProblems(value: Json, example: JsonObject, field: string): FieldProblem[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, at) => placeholderProblems(item, example, fieldPath(field, [at])));
  }
  if (isJsonObject(value)) {
    return Object.entries(value).flatMap(([key, item]) => {
      const place = fieldPath(field, [key]);
      return [...unescapable(key, place), ...placeholderProblems(item, example, place)];
    });
  }
  if (typeof value !== 'string') return [];
  const named = findPlaceholder(value);
  if (named === undefined) return unescapable(value, field);
  if (fieldOf(example, named) !== undefined) return [];
  return [{ field, problem: `takes ${named}, which the event does not have` }];
}

/** EventBridge puts a value into a longer text as it is: one with quotes would rewrite the message. */
const unescapable = (text: string, field: string): FieldProblem[] =>
  /[<>]/.test(text)
    ? [{ field, problem: 'may hold "<" and ">" only as a whole value such as <$.detail.hostname>' }]
    : [];

/** source: 'Amazon EventBridge API reference: InputTransformer; quotas: event pattern'. */
const TEMPLATE_CHARACTERS_MAX = 8_192;
const PATTERN_CHARACTERS_MAX = 2_048;

function sizeProblems(name: string, reaction: Reaction, under: string): FieldProblem[] {
  const { template, pattern } = renderReaction(name, reaction);
  const sizes = [
    ['job', template.length, TEMPLATE_CHARACTERS_MAX],
    ['when', JSON.stringify(pattern).length, PATTERN_CHARACTERS_MAX],
  ] as const;
  return sizes
    .filter(([, length, most]) => length > most)
    .map(([field, , most]) => ({
      field: `${under}.${field}`,
      problem: `is more than EventBridge takes: ${most} characters`,
    }));
}

/** As EventBridge fills the template in. */
function fill(value: Json, example: JsonObject): Json {
  if (Array.isArray(value)) return value.map((item) => fill(item, example));
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, fill(it, example)]));
  }
  const named = typeof value === 'string' ? findPlaceholder(value) : undefined;
  return named === undefined ? value : (fieldOf(example, named) ?? null);
}

const fieldOf = (example: Json, field: string): Json | undefined =>
  field
    .split('.')
    .reduce<Json | undefined>((at, key) => (isJsonObject(at) ? at[key] : undefined), example);
