import { describe, expect, it } from 'vitest';
import { checkLaneNumbers, type LaneNumbers } from '../../infra/lane-numbers.ts';
import { describeTopology } from '../../shared/config/topology.ts';
import { days, minutes } from '../../shared/kernel/duration.ts';
import { accountOf } from '../support/sample-accounts.ts';
import { exampleConfig, render } from './rendered.ts';

const [lane] = describeTopology(exampleConfig).lanes;
const strict = {
  id: 'automox/acme/servers.batch',
  mode: 'strict',
  requests: 5,
  windowMs: minutes(1),
} as const;
const good = {
  queue: lane?.queue ?? describeTopology(exampleConfig).intake,
  budgets: [strict],
  lines: 3,
  mapping: { batchSize: 1, concurrencyMax: 10 },
} satisfies LaneNumbers;
const deadLetter = (retentionMs: number) => ({ ...good.queue.deadLetter, retentionMs });

describe('the numbers of a lane', () => {
  it('hang together as they are', () => {
    expect(() => checkLaneNumbers(good)).not.toThrow();
  });

  it.each<readonly [string, Partial<LaneNumbers>, RegExp]>([
    [
      'a dead-letter queue that SQS does not have',
      { queue: { ...good.queue, deadLetter: deadLetter(days(15)) } },
      /14 days at most/,
    ],
    [
      'a queue that forgets before a job’s end',
      { queue: { ...good.queue, retentionMs: days(13) } },
      /longer than the 13 days/,
    ],
    [
      'batches before a strict budget',
      { mapping: { batchSize: 2, concurrencyMax: 10 } },
      /servers\.batch is strict/,
    ],
    [
      'a batch that no FIFO queue gives',
      {
        budgets: [{ ...strict, mode: 'nominal' }],
        mapping: { batchSize: 11, concurrencyMax: 10 },
      },
      /10 messages at most/,
    ],
    ['one worker', { lines: 1, mapping: { batchSize: 1, concurrencyMax: 1 } }, /2 to 1000/],
    ['more lines than workers', { lines: 11 }, /11 lines and 10 workers/],
    [
      'a budget that serves no job in its life',
      { budgets: [{ ...strict, requests: 1, windowMs: days(14) }] },
      /no job comes up in 13 days/,
    ],
  ])('do not allow %s', (_what, change, sentence) => {
    expect(() => checkLaneNumbers({ ...good, ...change })).toThrow(sentence);
  });
});

describe('the workers of a lane', () => {
  const accounts = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => [`acme-${n}`, accountOf('automox')] as const),
  );
  const many = render({ ...exampleConfig, accounts, schedules: {} });

  it('grow with its accounts, so that a head waits for a permit and not for a worker', () => {
    const mapping = many.one(
      'AWS::Lambda::EventSourceMapping',
      'EventSourceArn',
      'sluice-automox.fifo',
    );
    const lines = 40 * 3;
    expect(mapping.Properties).toMatchObject({ ScalingConfig: { MaximumConcurrency: lines } });
  });
});
