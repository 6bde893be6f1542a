import { describe, expect, it } from 'vitest';
import type { Seen } from '../../../local/demo/observe.ts';
import type { PlannedJob, Way } from '../../../local/demo/plan.ts';
import { checkOutcomes, describeLimits, describeOutcomes } from '../../../local/demo/summary.ts';
import { table } from '../../../local/demo/table.ts';
import type { Audit } from '../../../local/simulators/frame/simulator.ts';
import { auditsWith, goodAudits, goodSeen, plan, seenWith } from './demo-run.ts';

const by =
  (way: Way) =>
  (planned: PlannedJob): boolean =>
    planned.way === way;

const isWrong = ({ expected }: PlannedJob): boolean => expected === 'rejected';

const failing = (seen: Seen, audits: readonly Audit[]) =>
  checkOutcomes(plan, seen, audits)
    .filter(({ holds }) => !holds)
    .map(({ text }) => text);

const wrongButOneField = {
  error: { code: 'job.invalid', message: '', fields: [{ field: 'params.colour', problem: '' }] },
} as const;

describe('the checks at the end of the demo', () => {
  it('hold when all is as it should be', () => {
    expect(failing(goodSeen, goodAudits)).toEqual([]);
  });

  it.each<[string, Seen, readonly Audit[], RegExp]>([
    ['a job failed', seenWith(by('event'), { status: 'failed' }), goodAudits, /every job ended/],
    ['a job is missing', seenWith(by('reaction'), undefined), goodAudits, /every job ended/],
    [
      'the wrong job ran',
      seenWith(isWrong, { status: 'succeeded' }),
      goodAudits,
      /every job ended/,
    ],
    ['a window was too full', goodSeen, auditsWith({ fullest: 6 }), /no window of any limit/],
    ['a vendor said 429', goodSeen, auditsWith({ refused: 1 }), /no vendor answered a 429/],
    [
      'a call was made twice',
      goodSeen,
      auditsWith({}, [0, 1, 2, 3, 4, 60_000, 60_001, 60_002, 60_003]),
      /8 batch jobs made 8 calls/,
    ],
    [
      'a sixth went within the minute',
      goodSeen,
      auditsWith({}, [0, 1, 2, 3, 4, 59_999, 60_001, 60_002]),
      /5 at once/,
    ],
    [
      'one of the first five waited',
      goodSeen,
      auditsWith({}, [0, 1, 2, 3, 60_000, 60_001, 60_002, 60_003]),
      /5 at once/,
    ],
    [
      'a device is missing',
      seenWith(by('schedule'), { result: { kind: 'object', rows: 1_499, bytes: 1 } }),
      goodAudits,
      /returned all 1500 devices/,
    ],
    ['a field is not named', seenWith(isWrong, wrongButOneField), goodAudits, /each wrong field/],
  ])('are not ok where %s', (_name, seen, audits, text) => {
    expect(failing(seen, audits)).toEqual([expect.stringMatching(text)]);
  });
});

describe('the summary of the demo', () => {
  it('tells of each job how it came, how it ended and how long it waited', () => {
    const text = describeOutcomes(plan, seenWith(by('event'), undefined));
    expect(text.split('\n')).toHaveLength(plan.length + 2);
    expect(text).toMatch(/tag by webhook +webhook +succeeded +60\.0 s/);
    expect(text).toMatch(/policy to a group +event +missing/);
  });

  it('tells of each limit of each vendor that was used what the vendor counted', () => {
    const text = describeLimits(auditsWith({ fullest: 6, refused: 1 }));
    expect(text).toMatch(/automox servers\.batch +5 in 60 s +6 +8 +1/);
    expect(text).toMatch(/amp business +3000 in 60 s +5 +8 +0/);
    expect(text).not.toContain('unauthenticated');
  });

  it('aligns columns by their widest cell', () => {
    expect(table(['a', 'b'], [['long', 'x']])).toBe('a     b\n----  -\nlong  x');
  });
});
