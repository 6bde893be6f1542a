/** Buses, their rules and the rules' targets: what EventBridge knows before any event comes. */
import { AwsError } from '../endpoint/aws-error.ts';
import type { JsonInput } from '../endpoint/json-service.ts';
import type { EventMatcher } from './event-pattern.ts';
import type { TargetInput } from './input-transform.ts';

export interface EventTarget extends TargetInput {
  readonly Id: string;
  readonly Arn: string;
  readonly SqsParameters?: { readonly MessageGroupId?: string };
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly pattern: string | undefined;
  readonly matches: EventMatcher;
  readonly description: string | undefined;
  readonly isEnabled: boolean;
  readonly targets: ReadonlyMap<string, EventTarget>;
}

export interface Bus {
  readonly name: string;
  readonly arn: string;
  readonly rules: Map<string, Rule>;
}

export interface BusRegistry {
  readonly account: string;
  readonly region: string;
  all(): readonly Bus[];
  create(name: string): Bus;
  delete(name: string): void;
  /** By name or ARN, `default` when undefined. Throws ResourceNotFoundException. */
  bus(nameOrArn: unknown): Bus;
  find(nameOrArn: unknown): Bus | undefined;
  /** The rule and bus that `input` names as `Name` or `Rule` and `EventBusName`. */
  rule(input: JsonInput): { readonly bus: Bus; readonly rule: Rule };
}

const DEFAULT_BUS = 'default';

export function createBusRegistry(region: string, account: string): BusRegistry {
  const buses = new Map<string, Bus>();
  const create = (name: string): Bus => {
    const arn = `arn:aws:events:${region}:${account}:event-bus/${name}`;
    const bus: Bus = { name, arn, rules: new Map() };
    buses.set(name, bus);
    return bus;
  };
  const find = (nameOrArn: unknown): Bus | undefined =>
    buses.get(String(nameOrArn ?? DEFAULT_BUS).replace(/^arn:.*:event-bus\//, ''));
  const bus = (nameOrArn: unknown): Bus =>
    find(nameOrArn) ?? notFound(`Event bus ${nameOrArn} does not exist.`);
  create(DEFAULT_BUS);
  return {
    account,
    region,
    all: () => [...buses.values()],
    create,
    delete: (name) => void buses.delete(name),
    bus,
    find,
    rule: (input) => {
      const name = String(input['Rule'] ?? input['Name']);
      const holder = bus(input['EventBusName']);
      const rule = holder.rules.get(name) ?? notFound(`Rule ${name} does not exist.`);
      return { bus: holder, rule };
    },
  };
}

function notFound(message: string): never {
  throw new AwsError('ResourceNotFoundException', message);
}
