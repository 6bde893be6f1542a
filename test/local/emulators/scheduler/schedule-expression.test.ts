import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextRunAtMs } from '../../../../local/emulators/scheduler/schedule-expression.ts';

/** The next `count` runs as ISO text without milliseconds. */
function runs(expression: string, timeZone: string, after: string, count = 3): string[] {
  const found: string[] = [];
  let afterMs = Date.parse(after);
  while (found.length < count) {
    const next = nextRunAtMs(expression, timeZone, afterMs);
    if (next === undefined) break;
    found.push(new Date(next).toISOString().replace('.000Z', 'Z'));
    afterMs = next;
  }
  return found;
}

describe('cron', () => {
  it.each([
    ['cron(0 12 ? * MON-FRI *)', ['2025-11-03T12', '2025-11-04T12', '2025-11-05T12']],
    ['cron(0 12 ? * 1 *)', ['2025-11-02T12', '2025-11-09T12', '2025-11-16T12']],
    ['cron(0 12 ? * 7 *)', ['2025-11-01T12', '2025-11-08T12', '2025-11-15T12']],
    ['cron(0 12 ? * L *)', ['2025-11-01T12', '2025-11-08T12', '2025-11-15T12']],
    ['cron(0 12 ? * 5L *)', ['2025-11-27T12', '2025-12-25T12', '2026-01-29T12']],
    ['cron(0 12 ? * FRIL *)', ['2025-11-28T12', '2025-12-26T12', '2026-01-30T12']],
    ['cron(0 12 ? * 2#1 *)', ['2025-11-03T12', '2025-12-01T12', '2026-01-05T12']],
    ['cron(0 12 L * ? *)', ['2025-11-30T12', '2025-12-31T12', '2026-01-31T12']],
    ['cron(0 12 15W * ? *)', ['2025-11-14T12', '2025-12-15T12', '2026-01-15T12']],
    ['cron(0 12 LW * ? *)', ['2025-11-28T12', '2025-12-31T12', '2026-01-30T12']],
    ['cron(0 0/8 * * ? *)', ['2025-11-01T08', '2025-11-01T16', '2025-11-02T00']],
    ['cron(0 5/10 * * ? *)', ['2025-11-01T05', '2025-11-01T15', '2025-11-02T05']],
    ['cron(0 6 1,15 JAN,MAR ? *)', ['2026-01-01T06', '2026-01-15T06', '2026-03-01T06']],
    ['cron(0 6 29 2 ? *)', ['2028-02-29T06', '2032-02-29T06', '2036-02-29T06']],
    ['cron(0 6 31 12 ? 2025-2026)', ['2025-12-31T06', '2026-12-31T06']],
    ['cron(0 6 31 2 ? *)', []],
    ['cron(0 6 1 1 ? 2024)', []],
  ])('%s runs at %j', (expression, expected) => {
    expect(runs(expression, 'UTC', '2025-11-01T00:00:00Z')).toEqual(
      expected.map((hour) => `${hour}:00:00Z`),
    );
  });

  it('keeps its local hour when the clocks change, and skips an hour that is skipped', () => {
    expect(runs('cron(30 2 * * ? *)', 'America/New_York', '2026-03-07T00:00:00Z')).toEqual([
      '2026-03-07T07:30:00Z',
      '2026-03-09T06:30:00Z',
      '2026-03-10T06:30:00Z',
    ]);
  });

  it('runs once in an hour that the clocks show twice', () => {
    expect(runs('cron(30 1 * * ? *)', 'America/New_York', '2025-11-02T00:00:00Z', 2)).toEqual([
      '2025-11-02T05:30:00Z',
      '2025-11-03T06:30:00Z',
    ]);
  });

  it.each([
    'cron(bad)',
    'cron(0 12 * * ?)',
    'cron(0 12 * * * *)',
    'cron(0 12 ? * ? *)',
    'cron(60 12 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 12 32 * ? *)',
    'cron(0 12 * 13 ? *)',
    'cron(0 12 ? * 0 *)',
    'cron(0 12 ? * 8 *)',
    'cron(0 12 ? * 2#6 *)',
    'cron(0 12 ? * MON;TUE *)',
  ])('refuses %s', (expression) => {
    expect(() => nextRunAtMs(expression, 'UTC', 0)).toThrow(
      expect.objectContaining({ name: 'InvalidScheduleExpression' }),
    );
  });
});

describe('rate', () => {
  it.each([
    ['rate(5 minutes)', ['2026-01-01T00:05:00Z', '2026-01-01T00:10:00Z']],
    ['rate(1 hour)', ['2026-01-01T01:00:00Z', '2026-01-01T02:00:00Z']],
    ['rate(7 days)', ['2026-01-08T00:00:00Z', '2026-01-15T00:00:00Z']],
  ])('%s counts from the instant given', (expression, expected) => {
    expect(runs(expression, 'UTC', '2026-01-01T00:00:00Z', 2)).toEqual(expected);
  });

  it.each(['rate(0 minutes)', 'rate(5)', 'rate(5 weeks)', 'rate(1.5 hours)', 'rate(-1 day)'])(
    'refuses %s',
    (expression) => {
      expect(() => nextRunAtMs(expression, 'UTC', 0)).toThrow('Invalid Schedule Expression');
    },
  );
});

describe('at', () => {
  it.each([
    ['UTC', '2026-07-01T02:00:00Z'],
    ['America/Denver', '2026-07-01T08:00:00Z'],
    ['Asia/Kolkata', '2026-06-30T20:30:00Z'],
  ])('means the clocks of %s, once', (timeZone, expected) => {
    expect(runs('at(2026-07-01T02:00:00)', timeZone, '2026-01-01T00:00:00Z')).toEqual([expected]);
  });

  it.each([
    ['shown twice', '2025-11-02T01:30:00', '2025-11-02T05:30:00Z'],
    ['skipped', '2026-03-08T02:30:00', '2026-03-08T07:30:00Z'],
  ])('is one instant even where that hour is %s', (_how, local, expected) => {
    expect(runs(`at(${local})`, 'America/New_York', '2025-01-01T00:00:00Z')).toEqual([expected]);
  });

  it.each(['at(2026-13-01T00:00:00)', 'at(2026-01-01)', 'at(2026-01-01T00:00:00Z)'])(
    'refuses %s',
    (expression) => {
      expect(() => nextRunAtMs(expression, 'UTC', 0)).toThrow('Invalid Schedule Expression');
    },
  );
});

describe('nextRunAtMs', () => {
  it('is always later than the instant given, and never passes over a run', () => {
    const expression = fc.constantFrom(
      'rate(7 minutes)',
      'cron(0/20 * * * ? *)',
      'cron(15 3 ? * SAT *)',
    );
    const zone = fc.constantFrom('UTC', 'America/Denver', 'Australia/Lord_Howe');
    const instant = fc.integer({ min: 1_700_000_000, max: 1_900_000_000 }).map((s) => s * 1000);
    fc.assert(
      fc.property(expression, zone, instant, (text, timeZone, afterMs) => {
        const next = nextRunAtMs(text, timeZone, afterMs) ?? 0;
        expect(next).toBeGreaterThan(afterMs);
        if (!text.startsWith('rate')) expect(nextRunAtMs(text, timeZone, next - 1)).toBe(next);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses a time zone that does not exist', () => {
    expect(() => nextRunAtMs('rate(1 day)', 'Mars/Olympus', 0)).toThrow('Invalid Time Zone');
  });
});
