import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../shared/lambda/metrics.ts';

const table = {
  Calls: { unit: 'Count', dimensions: ['Budget'] },
  WaitMs: { unit: 'Milliseconds', dimensions: ['Budget'] },
  AgeDays: { unit: 'None', dimensions: [] },
} as const;

function open() {
  const written: string[] = [];
  const metrics = createMetrics({
    namespace: 'Test',
    table,
    nowMs: () => 1_772_330_400_000,
    write: (line) => written.push(line),
  });
  return {
    metrics,
    lines() {
      metrics.flush();
      return written.map((line) => JSON.parse(line));
    },
  };
}

describe('metrics', () => {
  it('are a line of the embedded metric format for what shares its dimensions', () => {
    const { metrics, lines } = open();
    metrics.add('Calls', 1, { Budget: 'a' });
    metrics.add('Calls', 1, { Budget: 'a' });
    metrics.add('WaitMs', 250, { Budget: 'a' });
    expect(lines()).toEqual([
      {
        _aws: {
          Timestamp: 1_772_330_400_000,
          CloudWatchMetrics: [
            {
              Namespace: 'Test',
              Dimensions: [['Budget']],
              Metrics: [
                { Name: 'Calls', Unit: 'Count' },
                { Name: 'WaitMs', Unit: 'Milliseconds' },
              ],
            },
          ],
        },
        Budget: 'a',
        Calls: [1, 1],
        WaitMs: [250],
      },
    ]);
  });

  it('keep values of other dimensions apart', () => {
    const { metrics, lines } = open();
    metrics.add('Calls', 1, { Budget: 'a' });
    metrics.add('Calls', 1, { Budget: 'b' });
    metrics.add('AgeDays', 91, {});
    expect(lines().map(({ Budget, Calls, AgeDays }) => [Budget, Calls, AgeDays])).toEqual([
      ['a', [1], undefined],
      ['b', [1], undefined],
      [undefined, undefined, [91]],
    ]);
  });

  it('put no more than a hundred values of a metric into a line, and lose none', () => {
    const { metrics, lines } = open();
    for (let n = 0; n < 250; n += 1) metrics.add('Calls', n, { Budget: 'a' });
    metrics.add('WaitMs', 7, { Budget: 'a' });
    const written = lines();
    expect(written.map(({ Calls }) => Calls.length)).toEqual([100, 100, 50]);
    expect(written.flatMap(({ Calls }) => Calls)).toEqual(Array.from({ length: 250 }, (_, n) => n));
    expect(written.map(({ WaitMs }) => WaitMs)).toEqual([[7], undefined, undefined]);
  });

  it('are written once, and not at all where nothing was added', () => {
    const { metrics, lines } = open();
    metrics.flush();
    expect(lines()).toEqual([]);
    metrics.add('Calls', 1, { Budget: 'a' });
    expect(lines()).toHaveLength(1);
    expect(lines()).toHaveLength(1);
  });
});
