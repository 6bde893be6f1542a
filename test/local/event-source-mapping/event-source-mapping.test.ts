import { describe, expect, it } from 'vitest';
import { InvocationThrottled } from '../../../local/event-source-mapping/invoke-until-visible.ts';
import { bodiesOf, createMappedQueue, fifo } from './mapped-queue.ts';

const empty = { visible: 0, delayed: 0, inFlight: 0 };

/** A mapping that waits ten seconds for three messages; its batches, by when they came. */
async function startFilling() {
  const config = { batchSize: 3, batchingWindowMs: 10_000 };
  const { clock, send, start } = createMappedQueue({ config });
  const batches: [number, string[]][] = [];
  const mapping = await start(async (event) => {
    batches.push([clock.nowMs(), bodiesOf(event)]);
  });
  return { clock, send, mapping, batches };
}

describe('an event-source mapping', () => {
  it('hands over what is waiting in batches and deletes what succeeded', async () => {
    const { clock, queue, send, start } = createMappedQueue({ config: { batchSize: 3 } });
    for (const body of ['1', '2', '3', '4']) send(body);
    const batches: string[][] = [];
    const mapping = await start(async (event) => batches.push(bodiesOf(event)) && undefined);
    await clock.advanceBy(0);
    expect(batches).toEqual([['1', '2', '3'], ['4']]);
    expect(queue.counts(clock.nowMs())).toEqual(empty);
    await mapping.stop();
  });

  it('leaves a failed message hidden exactly as long as its handler has set', async () => {
    const { clock, queue, send, start } = createMappedQueue({ attributes: fifo });
    send('head', 'a');
    const receivedAtMs: number[] = [];
    const mapping = await start(async ({ Records: [record] }) => {
      receivedAtMs.push(clock.nowMs());
      if (receivedAtMs.length === 2) return { batchItemFailures: [] };
      queue.changeVisibility(record?.receiptHandle ?? '', 77, clock.nowMs());
      return { batchItemFailures: [{ itemIdentifier: record?.messageId }] };
    });
    await clock.advanceBy(100_000);
    expect(receivedAtMs).toEqual([0, 77_000]);
    expect(queue.counts(clock.nowMs())).toEqual(empty);
    await mapping.stop();
  });

  it('deletes none of a batch whose handler threw, and hands it over again later', async () => {
    const { clock, reports, send, start } = createMappedQueue();
    send('1');
    send('2');
    let calls = 0;
    const mapping = await start(async () => {
      calls += 1;
      if (calls === 1) throw new Error('broken');
    });
    await clock.advanceBy(30_000);
    expect(reports.map(({ failedIds, endedAtMs }) => [failedIds.length, endedAtMs])).toEqual([
      [2, 0],
      [0, 30_000],
    ]);
    expect(reports[0]?.error).toMatchObject({ message: 'broken' });
    await mapping.stop();
  });

  it('receives only the head of a waiting FIFO backlog with a batch size of 1', async () => {
    const config = { batchSize: 1 };
    const { clock, queue, send, start } = createMappedQueue({ attributes: fifo, config });
    for (const body of ['a1', 'a2', 'a3', 'b1', 'b2']) send(body, body.slice(0, 1));
    const received = new Map<string, number>();
    const mapping = await start(async ({ Records: [record] }) => {
      received.set(record?.body ?? '', Number(record?.attributes.ApproximateReceiveCount));
      queue.changeVisibility(record?.receiptHandle ?? '', 60, clock.nowMs());
      return { batchItemFailures: [{ itemIdentifier: record?.messageId }] };
    });
    await clock.advanceBy(3_600_000);
    expect([...received]).toEqual([
      ['a1', 61],
      ['b1', 61],
    ]);
    expect(queue.counts(clock.nowMs())).toEqual({ visible: 3, delayed: 0, inFlight: 2 });
    await mapping.stop();
  });

  it('runs one invocation at a time for a group, also when visibility ends early', async () => {
    const config = { batchSize: 1 };
    const { clock, queue, reports, send, start } = createMappedQueue({ attributes: fifo, config });
    send('a1', 'a');
    let running = 0;
    const most: number[] = [];
    const mapping = await start(async ({ Records: [record] }) => {
      running += 1;
      most.push(running);
      if (most.length === 1) queue.changeVisibility(record?.receiptHandle ?? '', 1, clock.nowMs());
      await clock.sleep(5_000);
      running -= 1;
    });
    await clock.advanceBy(60_000);
    expect(most).toEqual([1, 1]);
    // The first was done, and its handle too old to delete by.
    expect(reports.map(({ error }) => error instanceof AggregateError)).toEqual([true, false]);
    expect(queue.counts(clock.nowMs())).toEqual(empty);
    await mapping.stop();
  });

  it('hands over different groups side by side, up to the maximum concurrency', async () => {
    const config = { batchSize: 1, maximumConcurrency: 2 };
    const { clock, send, start } = createMappedQueue({ attributes: fifo, config });
    for (const group of ['a', 'b', 'c']) send(`${group}1`, group);
    const startedAtMs: number[] = [];
    const mapping = await start(async () => {
      startedAtMs.push(clock.nowMs());
      await clock.sleep(1_000);
    });
    await clock.advanceBy(2_000);
    expect(startedAtMs).toEqual([0, 0, 1_000]);
    await mapping.stop();
  });

  it('waits for a batch of a standard queue to fill, at most for the window', async () => {
    const { clock, send, mapping, batches } = await startFilling();
    send('1');
    await clock.advanceBy(4_000);
    send('2');
    await clock.advanceBy(10_000);
    for (const body of ['3', '4', '5']) send(body);
    await clock.advanceBy(0);
    expect(batches).toEqual([
      [10_000, ['1', '2']],
      [14_000, ['3', '4', '5']],
    ]);
    await mapping.stop();
  });

  it('repeats a throttled invocation, ever more slowly, until they are visible', async () => {
    const { clock, reports, send, start } = createMappedQueue();
    send('1');
    const triedAtMs: number[] = [];
    const mapping = await start(async () => {
      triedAtMs.push(clock.nowMs());
      if (triedAtMs.length < 7) throw new InvocationThrottled('no room');
    });
    await clock.advanceBy(60_000);
    expect(triedAtMs).toEqual([0, 1_000, 3_000, 7_000, 15_000, 30_000, 31_000]);
    expect(reports.map(({ error }) => error instanceof InvocationThrottled)).toEqual([true, false]);
    await mapping.stop();
  });

  it('repeats a throttled invocation each minute in the end', async () => {
    const attributes = { VisibilityTimeout: '200' };
    const { clock, send, start } = createMappedQueue({ attributes });
    send('1');
    const triedAtS: number[] = [];
    const mapping = await start(async () => {
      triedAtS.push(clock.nowMs() / 1_000);
      if (triedAtS.length < 9) throw new InvocationThrottled('no room');
    });
    await clock.advanceBy(190_000);
    expect(triedAtS).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183]);
    await mapping.stop();
  });

  it('gives a throttled invocation one more try at a stop, and leaves its messages hidden', async () => {
    const { clock, queue, send, start } = createMappedQueue();
    send('1');
    let tries = 0;
    const mapping = await start(async () => {
      tries += 1;
      if (tries > 10) throw new Error('it does not end');
      throw new InvocationThrottled('no room');
    });
    await clock.advanceBy(500);
    await mapping.stop();
    expect(tries).toBe(2);
    expect(queue.counts(clock.nowMs()).inFlight).toBe(1);
  });

  it.each([
    ['five at first, and more by and by, of a standard queue', {}, [0, 0, 0, 0, 0, 200, 400]],
    ['as many as there are message groups of a FIFO queue', fifo, [0, 0, 0, 0, 0, 0, 0]],
  ])('runs %s', async (_what, attributes, expected) => {
    const config = { batchSize: 1 };
    const { clock, send, start } = createMappedQueue({ attributes, config });
    const isFifo = attributes === fifo;
    for (let n = 1; n <= 7; n += 1) send(String(n), isFifo ? String(n) : undefined);
    const startedAtMs: number[] = [];
    const mapping = await start(async () => {
      startedAtMs.push(clock.nowMs());
      await clock.sleep(10_000);
    });
    await clock.advanceBy(20_000);
    expect(startedAtMs).toEqual(expected);
    await mapping.stop();
  });

  it('backs its concurrency off when handlers throw, and grows again', async () => {
    const config = { batchSize: 1, maximumConcurrency: 4 };
    const { clock, send, start } = createMappedQueue({ config });
    for (let n = 1; n <= 8; n += 1) send(String(n));
    const startedAtMs: number[] = [];
    const mapping = await start(async () => {
      startedAtMs.push(clock.nowMs());
      const isBroken = startedAtMs.length <= 4;
      await clock.sleep(isBroken ? 10 : 100);
      if (isBroken) throw new Error('broken');
    });
    await clock.advanceBy(1_000);
    expect(startedAtMs).toEqual([0, 0, 0, 0, 10, 110, 210, 210]);
    await mapping.stop();
  });

  it('takes nothing after a stop, and the stop waits for what runs', async () => {
    const { clock, queue, send, start } = createMappedQueue();
    send('1');
    const mapping = await start(() => clock.sleep(5_000));
    await clock.advanceBy(1_000);
    let stoppedAtMs: number | undefined;
    const stopped = mapping.stop().then(() => {
      stoppedAtMs = clock.nowMs();
    });
    send('2');
    await clock.advanceBy(10_000);
    await stopped;
    expect(stoppedAtMs).toBe(5_000);
    expect(queue.counts(clock.nowMs())).toEqual({ visible: 1, delayed: 0, inFlight: 0 });
    expect(clock.pendingTimers).toBe(0);
  });

  it('hands over at a stop what waits for its batch to fill', async () => {
    const { clock, send, mapping, batches } = await startFilling();
    send('1');
    await clock.advanceBy(1_000);
    await mapping.stop();
    expect(batches).toEqual([[1_000, ['1']]]);
  });

  it('goes on after receives that failed, more of them than it may run invocations', async () => {
    const { clock, queue, send, start } = createMappedQueue({ config: { maximumConcurrency: 2 } });
    const receive = queue.receive.bind(queue);
    let failures = 0;
    queue.receive = (request, nowMs) => {
      failures += 1;
      if (failures <= 3) throw new Error('unreachable');
      return receive(request, nowMs);
    };
    send('1');
    const mapping = await start(async () => undefined);
    await clock.advanceBy(3_000);
    expect(queue.counts(clock.nowMs())).toEqual(empty);
    await mapping.stop();
  });
});
