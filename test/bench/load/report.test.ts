import { describe, expect, it } from 'vitest';
import { parseLoadOptions } from '../../../bench/load/load-options.ts';
import { createNarrowTable } from '../../../bench/load/narrow-table.ts';
import { describeFigures, type Figures, missedTargets } from '../../../bench/load/report.ts';
import { percentile, sideBySide } from '../../../bench/load/timed.ts';

const point = { queued: 10_000, submitP95Ms: 10, listP95Ms: 20, functionMb: 200, stackMb: 500 };
const good: Figures = {
  burst: { posted: 1_000, accepted: 400, refused: 600, unfit: 0, lost: 0 },
  wanted: 100_000,
  series: [point, { ...point, queued: 100_000, listP95Ms: 90, functionMb: 260 }],
  hooks: { sent: 500, accepted: 500, p50Ms: 8, p99Ms: 249 },
  drained: 40,
};
const last = (change: object): Partial<Figures> => ({
  series: [point, { ...point, queued: 100_000, ...change }],
});

describe('the targets of the load bench', () => {
  it('are met where all is well', () => {
    expect(missedTargets(good)).toEqual([]);
    expect(describeFigures(good, [])).not.toContain('MISSED');
  });

  it.each<[string, Partial<Figures>, RegExp]>([
    ['nothing was refused', { burst: { ...good.burst, refused: 0 } }, /Retry-After/],
    ['a refusal was something else', { burst: { ...good.burst, unfit: 1 } }, /Retry-After/],
    ['a job was lost', { burst: { ...good.burst, lost: 1 } }, /lost/],
    ['nothing was accepted', { burst: { ...good.burst, accepted: 0 } }, /lost/],
    ['the lane was not filled', last({ queued: 99_999 }), /queued/],
    ['listing got slower', last({ listP95Ms: 91 }), /submitting and listing/],
    ['submitting got slower', last({ submitP95Ms: 91 }), /submitting and listing/],
    ['a function grew', last({ functionMb: 267 }), /memory/],
    ['a webhook was refused', { hooks: { ...good.hooks, accepted: 499 } }, /while the backlog/],
    ['nothing drained', { drained: 0 }, /while the backlog/],
    ['webhooks were slow', { hooks: { ...good.hooks, p99Ms: 250 } }, /p99/],
  ])('are missed where %s', (_what, change, target) => {
    const missed = missedTargets({ ...good, ...change });
    expect(missed).toEqual([expect.stringMatching(target)]);
    expect(describeFigures({ ...good, ...change }, missed)).toContain(`MISSED  ${missed[0]}`);
  });
});

describe('the tools of the load bench', () => {
  it('throttle writes beyond those of a second, and nothing else', () => {
    let nowMs = 1_000;
    const table = createNarrowTable(() => nowMs);
    const write = () => table.take('dynamodb', 'PutItem')?.kind;
    table.narrow(2);
    expect([write(), write(), write()]).toEqual([undefined, undefined, 'throttle']);
    expect(table.take('dynamodb', 'GetItem')).toBeUndefined();
    nowMs = 2_000;
    expect(write()).toBeUndefined();
    table.widen();
    expect([write(), write(), write()]).toEqual([undefined, undefined, undefined]);
  });

  it('take percentiles by nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, n) => 100 - n);
    expect([percentile(values, 0.5), percentile(values, 0.99)]).toEqual([50, 99]);
    expect([percentile([7], 0.99), percentile([], 0.5)]).toEqual([7, 0]);
  });

  it('do each piece of work once, and not more at once than they may', async () => {
    let open = 0;
    let most = 0;
    const done = await sideBySide(10, 3, async (index) => {
      open += 1;
      most = Math.max(most, open);
      await Promise.resolve();
      open -= 1;
      return index;
    });
    expect([done, most]).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 3]);
  });

  it.each(['0', '9', 'many', '1.5', '10001'])('refuse a burst of %s', (burst) => {
    expect(() => parseLoadOptions(['--burst', burst])).toThrow('--burst must be 10 to 10000');
  });
});
