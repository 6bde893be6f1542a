/**
 * PutEvents: checks each entry on its own, wraps the good ones in the envelope that targets get,
 * and hands them to the targets of every rule that matches.
 */
import { randomUUID } from 'node:crypto';
import { AwsError } from '../endpoint/aws-error.ts';
import type { Deliver } from '../endpoint/deliver.ts';
import type { JsonInput } from '../endpoint/json-service.ts';
import type { Bus, BusRegistry, EventTarget, Rule } from './bus-registry.ts';
import { type EventEnvelope, targetInput } from './input-transform.ts';

/** Source: Amazon EventBridge API reference, PutEvents. */
const ENTRIES_MAX = 10;
const REQUEST_BYTES_MAX = 1_048_576;

export interface PutEventsContext {
  readonly registry: BusRegistry;
  readonly deliver: Deliver;
  readonly nowMs: () => number;
  readonly onDeliveryFailure: (failure: DeliveryFailure) => void;
}

export interface DeliveryFailure {
  readonly ruleName: string;
  readonly targetArn: string;
  readonly error: unknown;
}

type Result =
  | { readonly EventId: string }
  | { readonly ErrorCode: string; readonly ErrorMessage: string };

/** Answers once every delivery has ended; a failed delivery is not the caller's concern. */
export async function putEvents(context: PutEventsContext, input: JsonInput) {
  const entries = parseEntries(input);
  const Entries: Result[] = [];
  for (const entry of entries) Entries.push(await putEvent(context, entry));
  return { FailedEntryCount: Entries.filter((one) => 'ErrorCode' in one).length, Entries };
}

function parseEntries(input: JsonInput): readonly JsonInput[] {
  const entries = input['Entries'];
  if (!Array.isArray(entries) || entries.length === 0 || entries.length > ENTRIES_MAX) {
    throw new AwsError('ValidationException', `Entries must hold 1 to ${ENTRIES_MAX} entries`);
  }
  const bytes = entries.reduce((sum: number, entry) => sum + entryBytes(entry), 0);
  if (bytes <= REQUEST_BYTES_MAX) return entries;
  throw new AwsError('ValidationException', `Total size of the entries is over the limit.`);
}

/** Source: Amazon EventBridge user guide, Calculating PutEvents event entry size. */
const entryBytes = (entry: JsonInput): number =>
  ['Source', 'DetailType', 'Detail'].reduce(
    (sum, name) => sum + Buffer.byteLength(String(entry[name] ?? '')),
    entry['Time'] === undefined ? 0 : 14,
  );

async function putEvent(context: PutEventsContext, entry: JsonInput): Promise<Result> {
  const problem = findProblem(entry);
  if (problem !== undefined) return problem;
  const envelope = toEnvelope(context, entry);
  const bus = context.registry.find(entry['EventBusName']);
  if (bus !== undefined) await deliverEvent(context, bus, envelope);
  return { EventId: String(envelope['id']) };
}

function findProblem(entry: JsonInput): Result | undefined {
  for (const name of ['Source', 'DetailType', 'Detail']) {
    if (typeof entry[name] !== 'string' || entry[name] === '') {
      return failure(
        'InvalidArgument',
        `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      );
    }
  }
  if (String(entry['Source']).startsWith('aws.')) {
    return failure('NotAuthorizedForSourceException', 'Not authorized for the source.');
  }
  return isJsonObjectText(String(entry['Detail']))
    ? undefined
    : failure('MalformedDetail', 'Detail is malformed.');
}

const failure = (ErrorCode: string, ErrorMessage: string): Result => ({ ErrorCode, ErrorMessage });

function isJsonObjectText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function toEnvelope(context: PutEventsContext, entry: JsonInput): EventEnvelope {
  const time = entry['Time'];
  const atMs = typeof time === 'number' ? time * 1000 : context.nowMs();
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': entry['DetailType'],
    source: entry['Source'],
    account: context.registry.account,
    // EventBridge gives whole seconds.
    time: new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: context.registry.region,
    resources: entry['Resources'] ?? [],
    detail: JSON.parse(String(entry['Detail'])),
  };
}

async function deliverEvent(
  context: PutEventsContext,
  bus: Bus,
  envelope: EventEnvelope,
): Promise<void> {
  const matching = [...bus.rules.values()].filter(
    (rule) => rule.isEnabled && rule.matches(envelope),
  );
  await Promise.all(
    matching.flatMap((rule) =>
      [...rule.targets.values()].map((target) => deliverTo(context, rule, target, envelope)),
    ),
  );
}

async function deliverTo(
  context: PutEventsContext,
  rule: Rule,
  target: EventTarget,
  envelope: EventEnvelope,
): Promise<void> {
  const messageGroupId = target.SqsParameters?.MessageGroupId;
  try {
    const facts = { name: rule.name, arn: rule.arn, atMs: context.nowMs() };
    const input = targetInput(target, envelope, facts);
    await context.deliver(
      target.Arn,
      input,
      messageGroupId === undefined ? {} : { messageGroupId },
    );
  } catch (error) {
    context.onDeliveryFailure({ ruleName: rule.name, targetArn: target.Arn, error });
  }
}
