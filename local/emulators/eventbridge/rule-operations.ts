/** Operations on buses, rules and targets. Source: Amazon EventBridge API reference. */
import { AwsError } from '../endpoint/aws-error.ts';
import type { JsonInput, JsonOperation } from '../endpoint/json-service.ts';
import type { Bus, BusRegistry, EventTarget, Rule } from './bus-registry.ts';
import { parseEventPattern } from './event-pattern.ts';
import { InvalidPattern } from './value-matchers.ts';

/** Source: Amazon EventBridge quotas: targets of a rule. */
const TARGETS_PER_RULE_MAX = 5;
const NAME = /^[./A-Za-z0-9_-]{1,256}$/;

export const ruleOperations = (registry: BusRegistry): Record<string, JsonOperation> => ({
  CreateEventBus: (input) => createEventBus(registry, input),
  DescribeEventBus: (input) => describeBus(registry.bus(input['Name'])),
  ListEventBuses: (input) => ({
    EventBuses: named(registry.all(), input['NamePrefix']).map(describeBus),
  }),
  DeleteEventBus: (input) => void registry.delete(String(input['Name'])),
  PutRule: (input) => putRule(registry, input),
  DescribeRule: (input) => describeRule(registry.rule(input)),
  ListRules: (input) => listRules(registry.bus(input['EventBusName']), input),
  DeleteRule: (input) => deleteRule(registry, input),
  EnableRule: (input) => setEnabled(registry, input, true),
  DisableRule: (input) => setEnabled(registry, input, false),
  PutTargets: (input) => putTargets(registry, input),
  RemoveTargets: (input) => removeTargets(registry, input),
  ListTargetsByRule: (input) => ({ Targets: [...registry.rule(input).rule.targets.values()] }),
  TestEventPattern: (input) => testPattern(input),
});

function createEventBus(registry: BusRegistry, input: JsonInput) {
  const name = parseName(input['Name']);
  if (registry.find(name) !== undefined) {
    throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
  }
  return { EventBusArn: registry.create(name).arn };
}

const describeBus = ({ name, arn }: Bus) => ({ Name: name, Arn: arn });

function putRule(registry: BusRegistry, input: JsonInput) {
  const bus = registry.bus(input['EventBusName']);
  const name = parseName(input['Name']);
  if (typeof input['EventPattern'] !== 'string') {
    throw new AwsError('ValidationException', 'EventPattern is needed; schedules: see Scheduler.');
  }
  const pattern = input['EventPattern'];
  const folder = bus.name === 'default' ? '' : `${bus.name}/`;
  const rule: Rule = {
    name,
    arn: `arn:aws:events:${registry.region}:${registry.account}:rule/${folder}${name}`,
    pattern,
    matches: parsePattern(pattern),
    description: input['Description'] as string | undefined,
    isEnabled: input['State'] !== 'DISABLED',
    targets: bus.rules.get(name)?.targets ?? new Map(),
  };
  bus.rules.set(name, rule);
  return { RuleArn: rule.arn };
}

function parsePattern(text: string) {
  try {
    return parseEventPattern(text);
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error;
    throw new AwsError(
      'InvalidEventPatternException',
      `Event pattern is not valid: ${error.message}`,
    );
  }
}

const describeRule = ({ bus, rule }: { readonly bus: Bus; readonly rule: Rule }) => ({
  Name: rule.name,
  Arn: rule.arn,
  EventPattern: rule.pattern,
  State: rule.isEnabled ? 'ENABLED' : 'DISABLED',
  Description: rule.description,
  EventBusName: bus.name,
});

const listRules = (bus: Bus, input: JsonInput) => ({
  Rules: named([...bus.rules.values()], input['NamePrefix']).map((rule) =>
    describeRule({ bus, rule }),
  ),
});

/** AWS refuses while the rule has targets; here they go with it. */
function deleteRule(registry: BusRegistry, input: JsonInput): void {
  const bus = registry.bus(input['EventBusName']);
  bus.rules.delete(String(input['Name']));
}

function setEnabled(registry: BusRegistry, input: JsonInput, isEnabled: boolean): void {
  const { bus, rule } = registry.rule(input);
  bus.rules.set(rule.name, { ...rule, isEnabled });
}

function putTargets(registry: BusRegistry, input: JsonInput) {
  const { bus, rule } = registry.rule(input);
  const fresh = (input['Targets'] ?? []) as readonly EventTarget[];
  const targets = new Map([...rule.targets, ...fresh.map((one) => [one.Id, one] as const)]);
  if (targets.size > TARGETS_PER_RULE_MAX) {
    throw new AwsError('LimitExceededException', `a rule has ${TARGETS_PER_RULE_MAX} targets`);
  }
  bus.rules.set(rule.name, { ...rule, targets });
  return { FailedEntryCount: 0, FailedEntries: [] };
}

function removeTargets(registry: BusRegistry, input: JsonInput) {
  const { bus, rule } = registry.rule(input);
  const ids = new Set((input['Ids'] ?? []) as readonly string[]);
  const targets = new Map([...rule.targets].filter(([id]) => !ids.has(id)));
  bus.rules.set(rule.name, { ...rule, targets });
  return { FailedEntryCount: 0, FailedEntries: [] };
}

function testPattern(input: JsonInput) {
  const matches = parsePattern(String(input['EventPattern']));
  try {
    return { Result: matches(JSON.parse(String(input['Event']))) };
  } catch (error) {
    throw new AwsError('ValidationException', `Parameter Event is not valid: ${error}`);
  }
}

const named = <T extends { readonly name: string }>(all: readonly T[], prefix: unknown): T[] =>
  all.filter(({ name }) => name.startsWith(String(prefix ?? '')));

function parseName(name: unknown): string {
  if (typeof name === 'string' && NAME.test(name)) return name;
  throw new AwsError('ValidationException', 'a name has 1 to 256 of letters, digits, . / _ -');
}
