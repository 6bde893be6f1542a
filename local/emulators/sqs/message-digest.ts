/** The MD5 digests by which an SDK checks that SQS understood a message. */
import { createHash } from 'node:crypto';
import type { MessageAttribute, MessageAttributes } from './message.ts';

export const md5Hex = (data: string | Uint8Array): string =>
  createHash('md5').update(data).digest('hex');

/**
 * The digest over attributes in order of name; undefined where there are none.
 * Source: Amazon SQS Developer Guide: calculating the MD5 message digest for message attributes.
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  for (const name of names) {
    const attribute = attributes[name];
    if (attribute === undefined) continue;
    for (const part of encodedParts(name, attribute)) hash.update(part);
  }
  return hash.digest('hex');
}

const TRANSPORT_STRING = Buffer.from([1]);
const TRANSPORT_BINARY = Buffer.from([2]);

function encodedParts(name: string, attribute: MessageAttribute): Buffer[] {
  const { dataType, stringValue = '', binaryValue } = attribute;
  const head = [withLength(Buffer.from(name)), withLength(Buffer.from(dataType))];
  return binaryValue === undefined
    ? [...head, TRANSPORT_STRING, withLength(Buffer.from(stringValue))]
    : [...head, TRANSPORT_BINARY, withLength(Buffer.from(binaryValue, 'base64'))];
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
