import { expect, it } from 'vitest';
import { parseAwsTestOptions } from '../../../bench/aws/aws-options.ts';
import { describeReport, isGood, reportJson } from '../../../bench/aws/report.ts';
import { runAwsTest } from '../../../bench/aws/run-aws-test.ts';

/** All but the schedule, whose shortest interval is a minute. */
const scenarios = ['http', 'queue', 'event', 'webhook', 'wrong-message', 'deferral'];
const WINDOW_S = 8;

it('the test on AWS runs its scenarios on the emulated deployment and reports', async () => {
  const args = ['--emulated', '--scenarios', scenarios.join(',')];
  const report = await runAwsTest(parseAwsTestOptions(args), WINDOW_S);
  expect(report.scenarios.filter(({ ok }) => !ok)).toEqual([]);
  expect(isGood(report)).toBe(true);
  expect(report.prefix).toMatch(/^sluice-test-[0-9a-f]{6}$/);
  expect(report.limits['servers.batch']).toMatchObject({ limit: 5, refused: 0 });
  expect(report.wakeUps.length).toBeGreaterThan(0);
  expect(describeReport(report)).toContain('emulated: nothing of this ran on AWS');
  expect(JSON.parse(reportJson(report))).toMatchObject({ good: true, brokenLimits: [] });
}, 180_000);
