import { describe, expect, it } from 'vitest';
import { checkBatchBytes, runBatch } from '../../../../local/emulators/sqs/batch-entries.ts';
import { SqsError } from '../../../../local/emulators/sqs/errors.ts';

const entries = (...ids: string[]) => ids.map((id) => ({ id }));
const many = (count: number) => entries(...Array.from({ length: count }, (_, n) => String(n)));

describe('a batch', () => {
  it.each([
    ['without entries', [], 'EmptyBatchRequest'],
    ['of eleven', many(11), 'TooManyEntriesInBatchRequest'],
    ['with an id of 81 characters', entries('x'.repeat(81)), 'InvalidBatchEntryId'],
    ['with a dot in an id', entries('a.b'), 'InvalidBatchEntryId'],
    ['with one id twice', entries('a', 'b', 'a'), 'BatchEntryIdsNotDistinct'],
  ])('%s is refused as a whole', (_what, batch, code) => {
    const ran: string[] = [];
    const run = () => runBatch(batch, ({ id }) => ran.push(id));
    expect(run).toThrow(expect.objectContaining({ code }));
    expect(ran).toEqual([]);
  });

  it('of ten runs each entry, and a failure stays with its own', () => {
    const answer = runBatch(many(10), ({ id }) => {
      if (id === '3') throw new SqsError('InvalidMessageContents', 'bad');
      return `done ${id}`;
    });
    expect(answer.successful).toHaveLength(9);
    expect(answer.failed).toMatchObject([{ id: '3', error: { code: 'InvalidMessageContents' } }]);
  });

  it('holds 1 MiB and no byte more', () => {
    checkBatchBytes(1_048_576);
    expect(() => checkBatchBytes(1_048_577)).toThrow(
      expect.objectContaining({ code: 'BatchRequestTooLong' }),
    );
  });
});
