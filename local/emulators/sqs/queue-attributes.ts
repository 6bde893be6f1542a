/**
 * What a queue is set to. The texts that CreateQueue and SetQueueAttributes carry become typed
 * settings here, and nothing else in the model reads a text.
 */
import { checkRange, invalidParameter, SqsError } from './errors.ts';
import { numericAttributes } from './limits.ts';
import {
  checkRedriveAllowPolicy,
  parseRedrivePolicy,
  type RedrivePolicy,
} from './redrive-policy.ts';

export type QueueAttributes = Readonly<Record<string, string>>;

export interface QueueSettings {
  readonly isFifo: boolean;
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly messageBytesMax: number;
  readonly retentionSeconds: number;
  readonly receiveWaitSeconds: number;
  readonly contentBasedDeduplication: boolean;
  readonly deduplicationScope: 'queue' | 'messageGroup';
  readonly redrivePolicy: RedrivePolicy | undefined;
}

const FLAGS = ['true', 'false'];
const choiceAttributes: Readonly<Record<string, readonly string[]>> = {
  FifoQueue: ['true'],
  ContentBasedDeduplication: FLAGS,
  DeduplicationScope: ['queue', 'messageGroup'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
  SqsManagedSseEnabled: FLAGS,
};
/** `FifoQueue` as well: no queue becomes one, and `false` is no value of it. */
const FIFO_ONLY = new Set([
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
]);
const TEXTS = new Set(['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds']);
const REMOVED_BY_EMPTY_TEXT = new Set(['RedrivePolicy', 'RedriveAllowPolicy', 'Policy']);

/** All settable attributes of a new queue, defaults filled in; throws on any that SQS refuses. */
export function initialAttributes(name: string, given: QueueAttributes): QueueAttributes {
  checkName(name, given['FifoQueue'] === 'true');
  const defaults: Record<string, string> = { SqsManagedSseEnabled: 'true' };
  for (const [attribute, { initial }] of Object.entries(numericAttributes)) {
    defaults[attribute] = String(initial);
  }
  const isFifo = given['FifoQueue'] === 'true';
  const fifoDefaults = isFifo
    ? {
        FifoQueue: 'true',
        ContentBasedDeduplication: 'false',
        DeduplicationScope: 'queue',
        FifoThroughputLimit: 'perQueue',
      }
    : {};
  return mergeAttributes({ ...defaults, ...fifoDefaults }, given);
}

/** `current` with `changes`; an empty policy text removes that policy. */
export function mergeAttributes(current: QueueAttributes, changes: QueueAttributes) {
  const isFifo = current['FifoQueue'] === 'true';
  const merged: Record<string, string> = { ...current };
  for (const [name, value] of Object.entries(changes)) {
    checkAttribute(name, value, isFifo);
    if (value === '' && REMOVED_BY_EMPTY_TEXT.has(name)) delete merged[name];
    else merged[name] = value;
  }
  const perGroup = merged['FifoThroughputLimit'] === 'perMessageGroupId';
  if (perGroup && merged['DeduplicationScope'] !== 'messageGroup') {
    throw new SqsError(
      'InvalidAttributeValue',
      'The perMessageGroupId value is allowed only when DeduplicationScope is messageGroup.',
    );
  }
  return merged;
}

export function settingsOf(attributes: QueueAttributes): QueueSettings {
  const redrive = attributes['RedrivePolicy'];
  return {
    isFifo: attributes['FifoQueue'] === 'true',
    visibilityTimeoutSeconds: Number(attributes['VisibilityTimeout']),
    delaySeconds: Number(attributes['DelaySeconds']),
    messageBytesMax: Number(attributes['MaximumMessageSize']),
    retentionSeconds: Number(attributes['MessageRetentionPeriod']),
    receiveWaitSeconds: Number(attributes['ReceiveMessageWaitTimeSeconds']),
    contentBasedDeduplication: attributes['ContentBasedDeduplication'] === 'true',
    deduplicationScope:
      attributes['DeduplicationScope'] === 'messageGroup' ? 'messageGroup' : 'queue',
    redrivePolicy: redrive === undefined ? undefined : parseRedrivePolicy(redrive),
  };
}

function checkName(name: string, isFifo: boolean): void {
  const stem = name.endsWith('.fifo') ? name.slice(0, -'.fifo'.length) : name;
  if (name.length > 80 || !/^[A-Za-z0-9_-]+$/.test(stem)) {
    throw invalidParameter(
      name,
      'QueueName',
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.',
    );
  }
  if (name.endsWith('.fifo') !== isFifo) {
    throw invalidParameter(
      name,
      'QueueName',
      'The name of a FIFO queue, and of no other, ends with the .fifo suffix.',
    );
  }
}

function checkAttribute(name: string, value: string, isFifo: boolean): void {
  const range = Object.entries(numericAttributes).find(([attribute]) => attribute === name)?.[1];
  const choices = choiceAttributes[name];
  if (!isFifo && FIFO_ONLY.has(name)) {
    throw new SqsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
  }
  if (range !== undefined) checkRange(Number(value || Number.NaN), name, range.min, range.max);
  else if (choices !== undefined) checkChoice(name, value, choices);
  else if (REMOVED_BY_EMPTY_TEXT.has(name)) checkPolicy(name, value);
  else if (!TEXTS.has(name)) {
    throw new SqsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
  }
}

function checkPolicy(name: string, value: string): void {
  if (value === '') return;
  if (name === 'RedrivePolicy') parseRedrivePolicy(value);
  if (name === 'RedriveAllowPolicy') checkRedriveAllowPolicy(value);
}

function checkChoice(name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new SqsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}
