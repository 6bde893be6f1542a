import { describe, expect, it } from 'vitest';
import { failedMessageIds } from '../../../local/event-source-mapping/batch-outcome.ts';

const ids = new Set(['m1', 'm2']);
const failing = (...identifiers: unknown[]) => ({
  batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('the outcome of a batch that reports item failures', () => {
  it.each([
    ['no answer', undefined],
    ['null', null],
    ['an empty object', {}],
    ['a null list', { batchItemFailures: null }],
    ['an empty list', failing()],
  ])('is success of all for %s', (_what, answer) => {
    expect(failedMessageIds(answer, ids, true)).toEqual(new Set());
  });

  it('is failure of the messages that it lists', () => {
    expect(failedMessageIds(failing('m2'), ids, true)).toEqual(new Set(['m2']));
  });

  it.each([
    ['an unknown identifier', failing('m1', 'm9')],
    ['an empty identifier', failing('')],
    ['a null identifier', failing(null)],
    ['a misspelt key', { batchItemFailures: [{ id: 'm1' }] }],
    ['a list that is none', { batchItemFailures: 'm1' }],
    ['a text', 'done'],
  ])('is failure of all for %s', (_what, answer) => {
    expect(failedMessageIds(answer, ids, true)).toEqual(ids);
  });
});

describe('the outcome of a batch that does not report item failures', () => {
  it('is success of all, whatever the answer says', () => {
    expect(failedMessageIds(failing('m1'), ids, false)).toEqual(new Set());
  });
});
