import { describe, expect, it } from 'vitest';
import { createBucketWatch } from '../../../functions/worker/bucket-watch.ts';
import { narrow } from '../../shared/jobs/scripted-vendor.ts';
import { createMemoryLog } from '../../shared/lambda/log-lines.ts';

const budgetOf = (account: string, name: string) => ({
  ...narrow,
  id: `opsramp/${account}/${name}`,
  name,
});

/** What is told of answers, each `account budget bucket`. */
function toldOf(...answers: readonly string[]) {
  const log = createMemoryLog();
  const watch = createBucketWatch(log);
  for (const answer of answers) {
    const [account = '', name = '', bucket] = answer.split(' ');
    watch.see({ budget: budgetOf(account, name), ...(bucket ? { bucket } : {}) });
  }
  return log.lines;
}

const told = {
  level: 'warn',
  message: 'foreign bucket: the vendor counts otherwise than Sluice',
};

describe('a watch over the buckets of a vendor', () => {
  it('is silent where each budget is a bucket of its own, or none is named', () => {
    const answers = ['a alerts.get x', 'a device.get y', 'a alerts.get x', 'a alerts.get'];
    expect(toldOf(...answers)).toEqual([]);
  });

  it('is silent where two accounts have buckets of one name', () => {
    expect(toldOf('a alerts.get x', 'b alerts.get x', 'b device.get y')).toEqual([]);
  });

  it('tells once of a budget that is counted in a second bucket', () => {
    const answers = ['a alerts.get x', 'a alerts.get y', 'a alerts.get x', 'a alerts.get y'];
    expect(toldOf(...answers)).toEqual([
      { ...told, budget: 'opsramp/a/alerts.get', bucket: 'y', usualBucket: 'x' },
    ]);
  });

  it('tells once of two budgets that are counted in one bucket', () => {
    const answers = ['a alerts.get x', 'a device.get x', 'a device.get x', 'a alerts.get x'];
    expect(toldOf(...answers)).toEqual([
      {
        ...told,
        budget: 'opsramp/a/device.get',
        bucket: 'x',
        otherBudget: 'opsramp/a/alerts.get',
      },
    ]);
  });

  it('stops telling of a vendor that makes up a name for every answer', () => {
    const answers = Array.from({ length: 100 }, (_, n) => `a alerts.get bucket-${n}`);
    expect(toldOf(...answers)).toHaveLength(20);
  });
});
