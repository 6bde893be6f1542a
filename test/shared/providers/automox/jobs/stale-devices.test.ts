import { describe, expect, it } from 'vitest';
import { days } from '../../../../../shared/kernel/duration.ts';
import type { Json } from '../../../../../shared/kernel/json.ts';
import { getReport, isStale } from '../../../../../shared/providers/automox/jobs/stale-devices.ts';

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
      expect(isStale(device, 90, NOW_MS)).toBe(stale);
    });
  }
});

describe('getReport', () => {
  const report = {
    organizationId: 1,
    takenAtMs: NOW_MS,
    olderThanDays: 90,
    devices: 9,
    targets: [3],
  };

  const contextOf = (organizationId: number, note: Json) => ({
    account: { provider: 'automox', organizationId } as const,
    nowMs: () => NOW_MS + days(8),
    findNoteOf: async () => note,
  });

  it('gives the report of a removal that has begun, however old', async () => {
    expect(await getReport(contextOf(1, report), 'job_1', false)).toEqual(report);
  });

  it.each([
    ['is more than a week old', 1, report, true],
    ['is about another organization', 2, report, false],
    ['is no report', 1, [3], false],
  ])('refuses one that %s', async (_what, organizationId, note, mustBeFresh) => {
    const found = getReport(contextOf(organizationId, note), 'job_1', mustBeFresh);
    await expect(found).rejects.toMatchObject({ code: 'job.refused' });
  });
});
