import { describe, expect, it } from 'vitest';
import type { OutgoingMessage } from '../../../../local/emulators/sqs/message.ts';
import { md5OfAttributes } from '../../../../local/emulators/sqs/message-digest.ts';
import { at, createStandard } from './test-queues.ts';

const text = { attribName1: { dataType: 'String', stringValue: 'attribValue 1' } };
const number = {
  customNumberTypeAttrib: {
    dataType: 'Number.float',
    stringValue: '4563442423554324324264524243.32543234',
  },
};
const binary = {
  binaryAttribute: {
    dataType: 'Binary',
    binaryValue: Buffer.from('Hello binary world!').toString('base64'),
  },
};

describe('the digest of message attributes', () => {
  it.each([
    ['a text', text, '19e27d4e946b072f3f58da80d94fd778'],
    ['a labelled number', number, '9fe1b90bbd9965bdf77bac517c7d2495'],
    ['bytes', binary, '31a92b15d92f8db860eda32aceb656c3'],
    ['several', { ...text, ...number, ...binary }, 'c932db14a896c663f83c260297d594ff'],
  ])('of %s is the one that AWS gives', (_what, attributes, digest) => {
    expect(md5OfAttributes(attributes)).toBe(digest);
  });
});

describe('a message that SQS refuses', () => {
  const attribute = (name: string, value: object) => ({
    attributes: { [name]: { dataType: 'String', stringValue: 'v', ...value } },
  });

  it.each<[string, string, Partial<OutgoingMessage>]>([
    ['an empty body', 'MissingParameter', { body: '' }],
    ['a control character', 'InvalidMessageContents', { body: 'a\u0001b' }],
    ['half a surrogate pair', 'InvalidMessageContents', { body: '\ud800' }],
    ['a body over the limit', 'InvalidParameterValue', { body: 'é'.repeat(513) }],
    [
      'attributes over the limit',
      'InvalidParameterValue',
      attribute('n', { stringValue: 'v'.repeat(1_024) }),
    ],
    ['a reserved attribute name', 'InvalidParameterValue', attribute('AWS.x', {})],
    ['an unknown data type', 'InvalidParameterValue', attribute('n', { dataType: 'Text' })],
    ['an empty attribute', 'InvalidParameterValue', attribute('n', { stringValue: '' })],
    ['a number that is none', 'InvalidParameterValue', attribute('n', { dataType: 'Number' })],
    ['a group id with a blank', 'InvalidParameterValue', { groupId: 'a b' }],
    ['a deduplication id on a standard queue', 'InvalidParameterValue', { deduplicationId: 'd' }],
    ['a delay over 15 minutes', 'InvalidParameterValue', { delaySeconds: 901 }],
  ])('%s is %s', (_what, code, part) => {
    const queue = createStandard({ MaximumMessageSize: '1024' });
    expect(() => queue.send({ body: 'x', ...part }, at(0))).toThrow(
      expect.objectContaining({ code }),
    );
    expect(queue.counts(at(0)).visible).toBe(0);
  });

  it('is accepted at exactly the limit', () => {
    const queue = createStandard({ MaximumMessageSize: '1024' });
    queue.send({ body: 'é'.repeat(512) }, at(0));
    expect(queue.counts(at(0)).visible).toBe(1);
  });
});
