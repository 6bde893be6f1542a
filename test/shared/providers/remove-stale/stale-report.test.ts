import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { days } from '../../../../shared/kernel/duration.ts';
import type { Json } from '../../../../shared/kernel/json.ts';
import { lastSeenMs } from '../../../../shared/providers/automox/jobs/servers-remove-stale.ts';
import { getReport, isStale } from '../../../../shared/providers/remove-stale/stale-report.ts';

const NOW_MS = Date.UTC(2026, 2, 1);
const daysAgo = (n: number) => new Date(NOW_MS - days(n)).toISOString();

describe('isStale', () => {
  for (const [what, device, stale] of [
    ['refreshed long ago', { last_refresh_time: daysAgo(91) }, true],
    ['refreshed just in time', { last_refresh_time: daysAgo(90) }, false],
    [
      'disconnected lately',
      { last_refresh_time: daysAgo(91), last_disconnect_time: daysAgo(2) },
      false,
    ],
    ['connected', { last_refresh_time: daysAgo(91), connected: true }, false],
    ['never seen', { last_refresh_time: null }, false],
    ['without any date', {}, false],
  ] as const) {
    it(`is ${stale} for a device that was ${what}`, () => {
      expect(isStale({ lastSeenMs }, device, 90, NOW_MS)).toBe(stale);
    });
  }
});

describe('getReport', () => {
  const report = {
    whole: '1',
    takenAtMs: NOW_MS,
    olderThanDays: 90,
    listed: 9,
    targets: [3],
  };

  const find = (whole: string, note: Json, mustBeFresh: boolean) =>
    getReport(
      {
        account: { provider: 'automox', organizationId: 1 },
        accountName: 'acme',
        nowMs: () => NOW_MS + days(8),
        findNoteOf: async () => note,
      },
      { thing: 'device', Id: z.int(), whole: 'organization', wholeOf: () => whole },
      { jobId: 'job_1', mustBeFresh },
    );

  it('gives the report of a removal that has begun, however old', async () => {
    expect(await find('1', report, false)).toEqual(report);
  });

  it.each([
    ['is more than a week old', '1', report, true],
    ['is about another organization', '2', report, false],
    ['is no finished report of stale devices', '1', [3], false],
    ['is no finished report of stale devices', '1', { ...report, targets: ['3'] }, false],
  ])('refuses one that %s', async (problem, whole, note, mustBeFresh) => {
    await expect(find(whole, note, mustBeFresh)).rejects.toMatchObject({
      code: 'job.refused',
      message: expect.stringContaining(problem),
    });
  });
});
