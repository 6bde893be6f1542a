import { describe, expect, it } from 'vitest';
import {
  checkMapping,
  MappingRefused,
} from '../../../local/event-source-mapping/mapping-config.ts';

const config = { reportBatchItemFailures: true, functionTimeoutMs: 30_000 };
const standard = { arn: 'arn:q', isFifo: false, visibilityTimeoutMs: 30_000 };
const fifo = { ...standard, isFifo: true };

describe('an event-source mapping that Lambda refuses', () => {
  it.each([
    [
      'a visibility timeout under the function timeout',
      { functionTimeoutMs: 30_001 },
      standard,
      'visibility timeout',
    ],
    ['a FIFO batch above 10', { batchSize: 11 }, fifo, '1 to 10'],
    ['a FIFO batching window', { batchingWindowMs: 1_000 }, fifo, 'no batching window'],
    ['a large batch without a window', { batchSize: 11 }, standard, 'at least 1 second'],
    ['a window over 5 minutes', { batchingWindowMs: 300_001 }, standard, '0 to 300'],
    ['a maximum concurrency of 1', { maximumConcurrency: 1 }, standard, '2 to 1000'],
  ])('has %s', (_what, change, queue, reason) => {
    const check = () => checkMapping({ ...config, ...change }, queue);
    expect(check).toThrow(MappingRefused);
    expect(check).toThrow(reason);
  });

  it('is none of those at the limits', () => {
    checkMapping({ ...config, batchSize: 10, maximumConcurrency: 2 }, fifo);
    checkMapping({ ...config, batchSize: 10_000, batchingWindowMs: 300_000 }, standard);
    expect(() => checkMapping({ ...config, batchSize: 10_001 }, standard)).toThrow('10000');
  });
});
