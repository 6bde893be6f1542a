/**
 * What a target receives: the event, a constant, one part of it, or a template filled from it.
 * Source: Amazon EventBridge user guide, Input transformation.
 */
export interface TargetInput {
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: {
    readonly InputPathsMap?: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  };
}

export type EventEnvelope = Readonly<Record<string, unknown>>;

export interface RuleFacts {
  readonly arn: string;
  readonly name: string;
  readonly atMs: number;
}

export function targetInput(target: TargetInput, event: EventEnvelope, rule: RuleFacts): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) {
    return JSON.stringify(readPath(event, target.InputPath) ?? null);
  }
  if (target.InputTransformer === undefined) return JSON.stringify(event);
  return fillTemplate(target.InputTransformer, event, rule);
}

function fillTemplate(
  transformer: NonNullable<TargetInput['InputTransformer']>,
  event: EventEnvelope,
  rule: RuleFacts,
): string {
  const paths = transformer.InputPathsMap ?? {};
  const template = transformer.InputTemplate;
  const filled = template.replace(/<([A-Za-z0-9._-]+)>/g, (placeholder, name, at) => {
    const isQuoted = isInsideString(template, at);
    const value = Object.hasOwn(paths, name)
      ? readPath(event, paths[name] ?? '')
      : reserved(name, event, rule);
    return value === undefined && !Object.hasOwn(paths, name)
      ? placeholder
      : spell(value, isQuoted);
  });
  return filled;
}

/** Inside a JSON string a text loses its quotes, anything else is JSON escaped once more. */
function spell(value: unknown, isQuoted: boolean): string {
  const json = JSON.stringify(value ?? null);
  if (!isQuoted) return json;
  return typeof value === 'string' ? json.slice(1, -1) : JSON.stringify(json).slice(1, -1);
}

const reserved = (name: string, event: EventEnvelope, rule: RuleFacts): unknown =>
  ({
    'aws.events.event': event,
    'aws.events.event.json': event,
    'aws.events.event.ingestion-time': new Date(rule.atMs).toISOString(),
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
  })[name];

const isInsideString = (template: string, at: number): boolean =>
  (template.slice(0, at).match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;

/** `$.detail.items[0].id`; `$` is the event. Undefined where there is nothing. */
function readPath(event: unknown, path: string): unknown {
  const steps = path.replace(/^\$\.?/, '').match(/[^.[\]]+/g) ?? [];
  return steps.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string, unknown>)[step]
        : undefined,
    event,
  );
}
