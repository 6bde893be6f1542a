import { describe, expect, it } from 'vitest';
import type { Seen } from '../../../local/demo/observe.ts';
import { HOST, OTHER_HOST } from '../../../local/demo/story.ts';
import { checkStory, describeVendors } from '../../../local/demo/story-summary.ts';
import type { VendorFacts } from '../../../local/demo/vendor-facts.ts';
import type { JobView } from '../../../shared/jobs/describe-job.ts';
import { goodFacts, goodSeen, jobOf, plan, seenWith, story } from './demo-run.ts';

const failing = (
  facts: Partial<VendorFacts>,
  seen: Seen = goodSeen,
  unplanned: readonly JobView[] = [],
) =>
  checkStory(story, seen, unplanned, { ...goodFacts, ...facts })
    .filter(({ holds }) => !holds)
    .map(({ text }) => text);

const alert = { host: HOST, id: '1', status: 'Acknowledged', acknowledged: true };
const open = { status: 'Open', acknowledged: false };
const [, secondPoll] = story.polls;
const foundOne = seenWith((planned) => planned === secondPoll, {
  result: { kind: 'object', rows: 1, bytes: 1 },
});
const again = plan.filter(({ way }) => way === 'reaction').map(jobOf);
const scheduledAgain = plan.filter(({ way }) => way === 'schedule').map(jobOf);

describe('the checks of the second act', () => {
  it('hold when the vendors say what they should', () => {
    expect(failing({})).toEqual([]);
    expect(failing({}, goodSeen, scheduledAgain)).toEqual([]);
    const elsewhere = { ...alert, ...open, host: OTHER_HOST };
    expect(failing({ alerts: [alert, elsewhere] })).toEqual([]);
  });

  it.each<[string, string[], RegExp]>([
    ['the device has no tag', failing({ tagged: [] }), /^Automox has the tag/],
    [
      'another device has it',
      failing({ tagged: [{ host: OTHER_HOST, tags: ['detected'] }] }),
      /^Automox has the tag/,
    ],
    [
      'another device has it as well',
      failing({ tagged: [...goodFacts.tagged, { host: OTHER_HOST, tags: ['detected'] }] }),
      /on no other device/,
    ],
    ['there is no alert', failing({ alerts: [] }), /^OpsRamp has the alert/],
    ['the alert is open', failing({ alerts: [{ ...alert, ...open }] }), /^OpsRamp has the alert/],
    [
      'one of two is open',
      failing({ alerts: [alert, { ...alert, ...open }] }),
      /^OpsRamp has the alert/,
    ],
    [
      'an alert elsewhere is acknowledged',
      failing({ alerts: [alert, { ...alert, host: OTHER_HOST }] }),
      /or elsewhere$/,
    ],
    ['a poll missed a detection', failing({}, foundOne), /^both polls told/],
    ['a detection told again made a job', failing({}, goodSeen, again), /one job of each reaction/],
    ['nothing was detected', failing({ detections: [] }), /the same 2 detections/],
  ])('are not ok where %s', (_name, failed, text) => {
    expect(failed).toEqual([expect.stringMatching(text)]);
  });
});

describe('the vendors’ own words', () => {
  it('are shown for each host', () => {
    const text = describeVendors(goodFacts);
    expect(text).toMatch(/amp +web-01 +threat detected, High/);
    expect(text).toMatch(/automox +web-01 +tags: lab, detected/);
    expect(text).toMatch(/opsramp +web-01 +alert 389301: Acknowledged/);
  });
});
