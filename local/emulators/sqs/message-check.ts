/** Refuses what SQS refuses of a message before it reaches a queue. */
import { invalidParameter, missingParameter, SqsError } from './errors.ts';
import { limits } from './limits.ts';
import type { MessageAttribute, MessageAttributes, OutgoingMessage } from './message.ts';

/** Source: Amazon SQS API: SendMessage, the characters a message may hold (those of XML 1.0). */
const FORBIDDEN_CHARACTERS = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
/** Source: Amazon SQS API: SendMessage, MessageGroupId and MessageDeduplicationId. */
const FIFO_ID = /^[\x21-\x7e]{1,128}$/;
const ATTRIBUTE_NAME = /^(?!\.)(?!.*\.\.)(?!aws\.)(?!amazon\.)[A-Za-z0-9_.-]{1,256}(?<!\.)$/i;
const ATTRIBUTE_TYPE = /^(String|Number|Binary)(\.[^\s]+)?$/;

/** Throws unless `message` is well formed and at most `bytesMax` long. */
export function checkMessage(message: OutgoingMessage, bytesMax: number): void {
  if (message.body === '') throw missingParameter('MessageBody');
  checkCharacters(message.body, 'MessageBody');
  checkFifoId(message.groupId, 'MessageGroupId');
  checkFifoId(message.deduplicationId, 'MessageDeduplicationId');
  checkAttributes(message.attributes ?? {});
  if (messageBytes(message) > bytesMax) {
    throw new SqsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${bytesMax} bytes.`,
    );
  }
}

/** Body and attributes with their names and types; system attributes do not count. */
export function messageBytes({ body, attributes = {} }: OutgoingMessage): number {
  let bytes = Buffer.byteLength(body);
  for (const [name, { dataType, stringValue, binaryValue }] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(dataType);
    bytes += Buffer.byteLength(stringValue ?? '');
    bytes += Buffer.byteLength(binaryValue ?? '', 'base64');
  }
  return bytes;
}

function checkCharacters(text: string, parameter: string): void {
  if (FORBIDDEN_CHARACTERS.test(text)) {
    throw new SqsError(
      'InvalidMessageContents',
      `Invalid characters found in ${parameter}. Valid are #x9, #xA, #xD, #x20 to #xD7FF, ` +
        '#xE000 to #xFFFD and #x10000 to #x10FFFF.',
    );
  }
}

function checkFifoId(id: string | undefined, parameter: string): void {
  if (id !== undefined && !FIFO_ID.test(id)) {
    throw invalidParameter(id, parameter, 'Must be 1 to 128 letters, digits or punctuation.');
  }
}

function checkAttributes(attributes: MessageAttributes): void {
  const entries = Object.entries(attributes);
  if (entries.length > limits.messageAttributesMax.value) {
    throw new SqsError(
      'InvalidParameterValue',
      `Number of message attributes [${entries.length}] exceeds the allowed maximum ` +
        `[${limits.messageAttributesMax.value}].`,
    );
  }
  for (const [name, attribute] of entries) checkAttribute(name, attribute);
}

function checkAttribute(name: string, { dataType, stringValue, binaryValue }: MessageAttribute) {
  if (!ATTRIBUTE_NAME.test(name)) {
    throw new SqsError('InvalidParameterValue', `Invalid message attribute name '${name}'.`);
  }
  if (!ATTRIBUTE_TYPE.test(dataType)) {
    throw new SqsError(
      'InvalidParameterValue',
      `The type of message (user) attribute '${name}' is invalid: String, Number or Binary.`,
    );
  }
  const value = dataType.startsWith('Binary') ? binaryValue : stringValue;
  if (value === undefined || value === '') {
    throw new SqsError(
      'InvalidParameterValue',
      `The message (user) attribute '${name}' needs a non-empty value of type '${dataType}'.`,
    );
  }
  if (dataType.startsWith('Number') && !Number.isFinite(Number(value))) {
    throw new SqsError(
      'InvalidParameterValue',
      `Can't cast the value of message (user) attribute '${name}' to a number.`,
    );
  }
  if (stringValue !== undefined) checkCharacters(stringValue, `message attribute '${name}'`);
}
