import { describe, expect, it } from 'vitest';
import { SqsError } from '../../../../local/emulators/sqs/errors.ts';
import { pollMessages } from '../../../../local/emulators/sqs/long-poll.ts';
import { createVirtualClock } from '../../../support/virtual-clock.ts';
import { bodiesOf, createTestModel } from './test-queues.ts';

function createPolledQueue(attributes: Record<string, string> = {}) {
  const clock = createVirtualClock();
  const model = createTestModel();
  const queue = model.createQueue('q', attributes, clock.nowMs());
  const startMs = clock.nowMs();
  /** Resolves to the bodies and to how long the poll took. */
  const poll = async (waitMs = 20_000, signal?: AbortSignal) => {
    const messages = await pollMessages(model, clock, 'q', { max: 10, waitMs, signal });
    return { bodies: bodiesOf(messages), atMs: clock.nowMs() - startMs };
  };
  return { clock, model, queue, poll };
}

describe('a long poll', () => {
  it('wakes with the whole batch that was sent at once', async () => {
    const { clock, queue, poll } = createPolledQueue();
    const polled = poll();
    await clock.advanceBy(7_000);
    for (const body of ['1', '2', '3']) queue.send({ body }, clock.nowMs());
    expect(await polled).toEqual({ bodies: ['1', '2', '3'], atMs: 7_000 });
  });

  it('wakes at the very instant at which a delay or a visibility timeout ends', async () => {
    const { clock, queue, poll } = createPolledQueue({ VisibilityTimeout: '5' });
    queue.send({ body: 'held' }, clock.nowMs());
    queue.receive({}, clock.nowMs());
    const first = poll();
    await clock.advanceBy(6_000);
    expect(await first).toEqual({ bodies: ['held'], atMs: 5_000 });
    queue.send({ body: 'delayed', delaySeconds: 3 }, clock.nowMs());
    const second = poll();
    await clock.advanceBy(3_000);
    expect(await second).toEqual({ bodies: ['delayed'], atMs: 9_000 });
  });

  it('misses no message that falls due while it looks', async () => {
    const { model, queue } = createPolledQueue({ VisibilityTimeout: '5' });
    queue.send({ body: 'due' }, 0);
    queue.receive({}, 0);
    const instants = [0, 4_999, 5_000];
    const wakeUps: number[] = [];
    const timers = {
      nowMs: () => instants.shift() ?? 5_000,
      setTimer: (atMs: number, run: () => void) => {
        wakeUps.push(atMs);
        const timer = setImmediate(run);
        return () => clearImmediate(timer);
      },
    };
    const request = { max: 1, waitMs: Number.POSITIVE_INFINITY };
    expect(bodiesOf(await pollMessages(model, timers, 'q', request))).toEqual(['due']);
    expect(wakeUps).toEqual([5_000]);
  });

  it('follows a visibility timeout that is shortened while it waits', async () => {
    const { clock, queue, poll } = createPolledQueue();
    queue.send({ body: 'x' }, clock.nowMs());
    const [message] = queue.receive({}, clock.nowMs());
    const polled = poll();
    await clock.advanceBy(1_000);
    queue.changeVisibility(message?.receiptHandle ?? '', 2, clock.nowMs());
    await clock.advanceBy(2_000);
    expect(await polled).toEqual({ bodies: ['x'], atMs: 3_000 });
  });

  it('ends empty after its wait, and leaves no timer behind', async () => {
    const { clock, poll } = createPolledQueue();
    const polled = poll(2_000);
    await clock.advanceBy(2_000);
    expect(await polled).toEqual({ bodies: [], atMs: 2_000 });
    expect(clock.pendingTimers).toBe(0);
  });

  it('lets one of several pollers have a message while the others wait on', async () => {
    const { clock, queue, poll } = createPolledQueue();
    const polls = [poll(), poll(), poll()];
    await clock.advanceBy(1_000);
    queue.send({ body: 'x' }, clock.nowMs());
    await clock.advanceBy(19_000);
    const answers = await Promise.all(polls);
    expect(answers.map(({ atMs }) => atMs)).toEqual([1_000, 20_000, 20_000]);
  });

  it('meets the in-flight limit in silence, where a receive that does not wait fails', async () => {
    const { clock, queue, poll } = createPolledQueue();
    queue.receive = () => {
      throw new SqsError('OverLimit', 'full');
    };
    await expect(poll(0)).rejects.toMatchObject({ code: 'OverLimit' });
    const polled = poll(1_000);
    await clock.advanceBy(1_000);
    expect(await polled).toEqual({ bodies: [], atMs: 1_000 });
  });

  it('takes nothing once its client is gone', async () => {
    const { clock, queue, poll } = createPolledQueue();
    const client = new AbortController();
    const abandoned = poll(20_000, client.signal);
    await clock.advanceBy(1_000);
    queue.send({ body: 'x' }, clock.nowMs());
    client.abort();
    expect((await abandoned).bodies).toEqual([]);
    expect((await poll()).bodies).toEqual(['x']);
  });

  it('fails when its queue is deleted', async () => {
    const { model, poll } = createPolledQueue();
    const polled = poll();
    model.deleteQueue('q');
    await expect(polled).rejects.toMatchObject({ code: 'QueueDoesNotExist' });
  });
});
