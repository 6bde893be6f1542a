import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceivedMessage } from '../../../../local/emulators/sqs/message.ts';
import { at, createFifo } from './test-queues.ts';

const step = fc.oneof(
  fc.record({ kind: fc.constant('send' as const), group: fc.constantFrom('a', 'b', 'c') }),
  fc.record({ kind: fc.constant('receive' as const), max: fc.integer({ min: 1, max: 10 }) }),
  fc.record({ kind: fc.constant('delete' as const), pick: fc.nat(4) }),
  fc.record({
    kind: fc.constant('hide' as const),
    pick: fc.nat(4),
    seconds: fc.constantFrom(0, 1, 20, 40),
  }),
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 40 }) }),
);

interface Held {
  readonly message: ReceivedMessage;
  untilSeconds: number;
}

const groupOf = ({ attributes }: ReceivedMessage): string => attributes['MessageGroupId'] ?? '';
const sequenceOf = ({ attributes }: ReceivedMessage): string => attributes['SequenceNumber'] ?? '';

describe('any use of a FIFO queue', () => {
  it('never hands out a group that is in flight, keeps the order and loses nothing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const queue = createFifo({ VisibilityTimeout: '20' });
        let nowSeconds = 0;
        let sent = 0;
        let deleted = 0;
        let held: Held[] = [];
        for (const action of steps) {
          held = held.filter(({ untilSeconds }) => untilSeconds > nowSeconds);
          if (action.kind === 'wait') nowSeconds += action.seconds;
          if (action.kind === 'send') {
            sent += 1;
            const message = { body: 'x', groupId: action.group, deduplicationId: String(sent) };
            queue.send(message, at(nowSeconds));
          }
          if (action.kind === 'receive') {
            const received = queue.receive({ max: action.max }, at(nowSeconds));
            const busy = new Set(held.map(({ message }) => groupOf(message)));
            expect(received.filter((message) => busy.has(groupOf(message)))).toEqual([]);
            for (const group of new Set(received.map(groupOf))) {
              const run = received.filter((message) => groupOf(message) === group).map(sequenceOf);
              expect(run).toEqual([...run].sort());
            }
            held.push(...received.map((m) => ({ message: m, untilSeconds: nowSeconds + 20 })));
          }
          const chosen = 'pick' in action ? held[action.pick] : undefined;
          if (chosen !== undefined && action.kind === 'delete') {
            queue.delete(chosen.message.receiptHandle, at(nowSeconds));
            held = held.filter((one) => one !== chosen);
            deleted += 1;
          }
          if (chosen !== undefined && action.kind === 'hide') {
            queue.changeVisibility(chosen.message.receiptHandle, action.seconds, at(nowSeconds));
            chosen.untilSeconds = nowSeconds + action.seconds;
          }
          held = held.filter(({ untilSeconds }) => untilSeconds > nowSeconds);
          const { visible, inFlight } = queue.counts(at(nowSeconds));
          expect({ inFlight, total: visible + inFlight }).toEqual({
            inFlight: held.length,
            total: sent - deleted,
          });
        }
      }),
    );
  });
});
