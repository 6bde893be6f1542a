/** What the Amazon States Language asks of a state machine, as far as a machine can check it. */
import * as z from 'zod';

const Catcher = z.object({ ErrorEquals: z.array(z.string()), Next: z.string() });
const State = z.looseObject({
  Type: z.enum(['Task', 'Choice', 'Wait', 'Succeed', 'Fail', 'Pass']),
  Next: z.string().optional(),
  End: z.literal(true).optional(),
  Default: z.string().optional(),
  Choices: z.array(z.looseObject({ Next: z.string() })).default([]),
  Catch: z.array(Catcher).default([]),
  Retry: z
    .array(z.object({ ErrorEquals: z.array(z.string()), MaxAttempts: z.int().optional() }))
    .default([]),
  Resource: z.string().optional(),
  TimeoutSeconds: z.int().positive().optional(),
  Parameters: z.looseObject({ MessageBody: z.unknown() }).optional(),
});
export type State = z.infer<typeof State>;

export const StateMachine = z.object({
  StartAt: z.string(),
  TimeoutSeconds: z.int().positive(),
  States: z.record(z.string(), State),
});
export type StateMachine = z.infer<typeof StateMachine>;

/** Where a state can go. */
export const nextOf = ({ Next, Default, Choices, Catch }: State): readonly string[] =>
  [Next, Default, ...Choices.map((it) => it.Next), ...Catch.map((it) => it.Next)].filter(
    (name) => name !== undefined,
  );

export function reachable({ StartAt, States }: StateMachine): readonly string[] {
  const found = new Set([StartAt]);
  for (const name of found) {
    const state = States[name];
    for (const next of state ? nextOf(state) : []) found.add(next);
  }
  return [...found];
}

/** A payload template with its paths looked up in an execution's input and context object. */
export function fill(template: unknown, input: object, context: object): unknown {
  if (Array.isArray(template)) return template.map((item) => fill(item, input, context));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => {
      if (!key.endsWith('.$')) return [key, fill(value, input, context)];
      return [key.slice(0, -2), lookUp(String(value), input, context)];
    }),
  );
}

const CALL = /^States\.Array\((.*)\)$/;

function lookUp(path: string, input: object, context: object): unknown {
  const list = CALL.exec(path)?.[1];
  if (list !== undefined) return list.split(',').map((it) => lookUp(it.trim(), input, context));
  const [root, ...names] = path.split('.');
  let value: unknown = root === '$$' ? context : input;
  for (const name of names) value = (value as Record<string, unknown>)[name];
  if (value === undefined) throw new Error(`the execution has no ${path}`);
  return value;
}
