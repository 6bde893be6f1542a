/**
 * A job that an event on the bus asks for, as an EventBridge rule whose target is the intake queue: the
 * pattern says which events, the input template is the job message.
 *
 * Guarantees: an event without a text in a field that the message takes starts no job; the same event
 * told twice has the same idempotency key, so it makes one job.
 */

import * as z from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../kernel/json.ts';
import { DEFAULT_PREFIX } from './prefix.ts';

/** Who tells, in every event that Sluice itself puts on the bus. */
export const EVENT_SOURCE = 'sluice';

export const Reaction = z.strictObject({
  /** The detail type of the events, such as `AmpEventFound`. */
  on: z.string().min(1),
  /** What their detail must be, as an EventBridge pattern; absent is any. */
  when: z.record(z.string(), z.json()).default({}),
  /** The job message; a value that is `<$.detail.FIELD>` is taken from the event. */
  job: z.record(z.string(), z.json()),
  enabled: z.boolean().default(true),
});
export type Reaction = z.infer<typeof Reaction>;

export interface ReactionRule {
  readonly name: string;
  readonly enabled: boolean;
  readonly pattern: JsonObject;
  /** Variable of the template → where it is in the event. */
  readonly inputPaths: Readonly<Record<string, string>>;
  readonly template: string;
}

/** The part of a text that stands for a field of the event's detail. */
const PLACEHOLDERS = /<\$\.detail\.(\w+(?:\.\w+)*)>/g;

/** `file.sha256` of `<$.detail.file.sha256>`; undefined where the text is anything else. */
export function findPlaceholder(text: string): string | undefined {
  const [found, another] = text.matchAll(PLACEHOLDERS);
  return another === undefined && found?.[0] === text ? found[1] : undefined;
}

/**
 * The key is the event's own id, which stays the same however often it is told; the id that EventBridge
 * gives is new each time. The one place where a value goes into a longer text: EventBridge does not
 * escape it there, and this value holds nothing to escape.
 */
export const reactionMessage = (name: string, { job }: Pick<Reaction, 'job'>): JsonObject => ({
  idempotencyKey: `reaction:${name}:<$.detail.id>`,
  ...job,
});

export function renderReaction(
  name: string,
  reaction: Reaction,
  prefix: string = DEFAULT_PREFIX,
): ReactionRule {
  const template = write(reactionMessage(name, reaction));
  const fields = fieldsIn(reactionMessage(name, reaction));
  return {
    name: `${prefix}-reaction-${name}`,
    enabled: reaction.enabled,
    pattern: {
      source: [EVENT_SOURCE],
      'detail-type': [reaction.on],
      detail: fields.map((field) => field.split('.')).reduce(requireText, reaction.when),
    },
    inputPaths: Object.fromEntries(fields.map((field) => [variableOf(field), `$.detail.${field}`])),
    template,
  };
}

function fieldsIn(value: Json): readonly string[] {
  const found = JSON.stringify(value).matchAll(PLACEHOLDERS);
  return [...new Set([...found].map(([, field = '']) => field))];
}

const variableOf = (field: string): string => `detail-${field.replaceAll('.', '-')}`;

/** A prefix that every text has. What the pattern says of the field already is left as it is. */
const ANY_TEXT: Json = [{ prefix: '' }];

function requireText(pattern: JsonObject, [field = '', ...deeper]: readonly string[]): JsonObject {
  const there = pattern[field];
  if (deeper.length === 0) return { ...pattern, [field]: there ?? ANY_TEXT };
  return { ...pattern, [field]: requireText(isJsonObject(there) ? there : {}, deeper) };
}

/** JSON in which a placeholder that is a whole value stands without quotes: it brings its own. */
function write(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(([key, it]) => `${JSON.stringify(key)}:${write(it)}`);
    return `{${members.join(',')}}`;
  }
  if (typeof value !== 'string') return JSON.stringify(value);
  const named = value.replaceAll(PLACEHOLDERS, (_, field: string) => `<${variableOf(field)}>`);
  return findPlaceholder(value) === undefined ? JSON.stringify(named) : named;
}
