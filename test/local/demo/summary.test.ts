import { describe, expect, it } from 'vitest';
import type { Seen } from '../../../local/demo/observe.ts';
import type { PlannedJob, Way } from '../../../local/demo/plan.ts';
import {
  checkOutcomes,
  describeLimits,
  describeOutcomes,
  table,
} from '../../../local/demo/summary.ts';
import type { Audit } from '../../../local/simulators/frame/simulator.ts';
import { minutes } from '../../../shared/kernel/duration.ts';
import { auditWith, goodAudit, goodSeen, isBatch, plan, seenWith } from './demo-run.ts';

const by =
  (way: Way) =>
  (planned: PlannedJob): boolean =>
    planned.way === way;

const isWrong = ({ expected }: PlannedJob): boolean => expected === 'rejected';

const failing = (seen: Seen, audit: Audit) =>
  checkOutcomes(plan, seen, audit)
    .filter(({ holds }) => !holds)
    .map(({ text }) => text);

const isSeveral = { waitedMs: minutes(1) };
const wrongButOneField = {
  error: { code: 'job.invalid', message: '', fields: [{ field: 'params.colour', problem: '' }] },
} as const;

describe('the checks at the end of the demo', () => {
  it('hold when all is as it should be', () => {
    expect(failing(goodSeen, goodAudit)).toEqual([]);
  });

  it.each<[string, Seen, Audit, RegExp]>([
    ['a job failed', seenWith(by('event'), { status: 'failed' }), goodAudit, /every job ended/],
    ['a job is missing', seenWith(by('event'), undefined), goodAudit, /every job ended/],
    ['the wrong job ran', seenWith(isWrong, { status: 'succeeded' }), goodAudit, /every job ended/],
    ['a window was too full', goodSeen, auditWith({ fullest: 6 }), /no window of any limit/],
    ['the vendor said 429', goodSeen, auditWith({ refused: 1 }), /answered no 429/],
    ['a call was made twice', goodSeen, auditWith({ arrivals: 8 }), /7 batch jobs made 7 calls/],
    ['nobody had to wait', seenWith(by('webhook'), { waitedMs: 0 }), goodAudit, /7 batch jobs/],
    ['one too many waited', seenWith(isBatch, isSeveral), goodAudit, /5 went at once/],
    [
      'a device is missing',
      seenWith(by('schedule'), { result: { kind: 'object', rows: 1_499, bytes: 1 } }),
      goodAudit,
      /returned all 1500 devices/,
    ],
    ['a field is not named', seenWith(isWrong, wrongButOneField), goodAudit, /each wrong field/],
  ])('are not ok where %s', (_name, seen, audit, text) => {
    expect(failing(seen, audit)).toEqual([expect.stringMatching(text)]);
  });
});

describe('the summary of the demo', () => {
  it('tells of each job how it came, how it ended and how long it waited', () => {
    const text = describeOutcomes(plan, seenWith(by('event'), undefined));
    expect(text.split('\n')).toHaveLength(plan.length + 2);
    expect(text).toMatch(/tag by webhook +webhook +succeeded +60\.0 s/);
    expect(text).toMatch(/policy to a group +event +missing/);
  });

  it('tells of each limit what the vendor counted', () => {
    expect(describeLimits(auditWith({ fullest: 6, refused: 1 }))).toMatch(
      /servers\.batch +5 in 60 s +6 +7 +1/,
    );
  });

  it('aligns columns by their widest cell', () => {
    expect(table(['a', 'b'], [['long', 'x']])).toBe('a     b\n----  -\nlong  x');
  });
});
