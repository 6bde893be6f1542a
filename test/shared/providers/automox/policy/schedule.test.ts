import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  masksToSchedule,
  scheduleToMasks,
} from '../../../../../shared/providers/automox/policy/schedule.ts';
import { PolicySchedule } from '../../../../../shared/providers/automox/policy/schedule-words.ts';

const toMasks = (words: unknown) => scheduleToMasks(PolicySchedule.parse(words));
const at = { days: 'all', time: '01:00' };
const masks = {
  schedule_days: 254,
  schedule_weeks_of_month: 62,
  schedule_months: 8190,
  schedule_time: '01:00',
};

describe('scheduleToMasks', () => {
  it.each([
    ['every day', 'all', 254],
    ['no day', 'none', 0],
    ['Monday, the lowest bit in use', ['mon'], 2],
    ['Sunday, the highest', ['sun'], 128],
    ['the documented Mon/Wed/Fri', ['mon', 'wed', 'fri'], 42],
    ['Mon/Thu/Fri, as the sample notes say', ['mon', 'thu', 'fri'], 50],
    ['Mon/Thu/Sun, as the sample mask says', ['mon', 'thu', 'sun'], 146],
    ['days in any order and letter case, repeated', ['FRI', 'Mon', 'wed', 'mon'], 42],
  ])('writes %s', (_, days, expected) => {
    expect(toMasks({ days, time: '01:00' }).schedule_days).toBe(expected);
  });

  it.each([
    ['every week', 'all', 62],
    ['the documented 2nd/4th', [2, 4], 20],
    ['1st/3rd/5th', [1, 3, 5], 42],
  ])('writes %s', (_, weeks, expected) => {
    expect(toMasks({ ...at, weeks }).schedule_weeks_of_month).toBe(expected);
  });

  it.each([
    ['every month', 'all', 8190],
    ['the documented Mar/Jun/Sep/Dec', ['mar', 'jun', 'sep', 'dec'], 4680],
    ['Jan/Jun/Dec by name and number', ['jan', 6, 12], 4162],
  ])('writes %s', (_, months, expected) => {
    expect(toMasks({ ...at, months }).schedule_months).toBe(expected);
  });

  it('takes every week and every month where none is named', () => {
    expect(toMasks(at)).toEqual(masks);
  });

  it('needs nothing else for a policy that runs only by hand', () => {
    expect(toMasks({ days: 'none' })).toEqual({
      schedule_days: 0,
      schedule_weeks_of_month: 0,
      schedule_months: 0,
      schedule_time: '00:00',
    });
  });

  it.each([
    ['device', { use_scheduled_timezone: false }],
    ['UTC-0700', { use_scheduled_timezone: true, scheduled_timezone: 'UTC-0700' }],
  ])('writes the time zone %s', (timeZone, expected) => {
    expect(toMasks({ ...at, timeZone })).toEqual({ ...masks, ...expected });
  });
});

describe('masksToSchedule', () => {
  const evenUpTo = (max: number) => fc.nat(max / 2).map((half) => half * 2);
  const zones = fc.constantFrom(
    {},
    { use_scheduled_timezone: false },
    { use_scheduled_timezone: true, scheduled_timezone: 'UTC+0530' },
  );

  it('is undone by scheduleToMasks for every combination of masks', () => {
    fc.assert(
      fc.property(
        evenUpTo(254),
        evenUpTo(62),
        evenUpTo(8190),
        zones,
        (days, weeks, months, zone) => {
          const given = {
            schedule_days: days,
            schedule_weeks_of_month: weeks,
            schedule_months: months,
            schedule_time: '23:59',
            ...zone,
          };
          expect(scheduleToMasks(masksToSchedule(given))).toEqual(given);
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });

  it('is undone by scheduleToMasks for each single mask there is', () => {
    for (const [field, max] of [
      ['schedule_days', 254],
      ['schedule_weeks_of_month', 62],
      ['schedule_months', 8190],
    ] as const) {
      for (let mask = 0; mask <= max; mask += 2) {
        expect(scheduleToMasks(masksToSchedule({ ...masks, [field]: mask }))[field]).toBe(mask);
      }
    }
  });

  it('writes words that PolicySchedule accepts unless weeks or months say never', () => {
    const runnable = (max: number) => fc.integer({ min: 1, max: max / 2 }).map((half) => half * 2);
    fc.assert(
      fc.property(evenUpTo(254), runnable(62), runnable(8190), (days, weeks, months) => {
        const words = masksToSchedule({
          ...masks,
          schedule_days: days,
          schedule_weeks_of_month: weeks,
          schedule_months: months,
        });
        expect(PolicySchedule.parse(words)).toEqual(words);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it.each([
    ['schedule_days', { schedule_days: 3 }],
    ['schedule_days', { schedule_days: 256 }],
    ['schedule_weeks_of_month', { schedule_weeks_of_month: 64 }],
    ['schedule_months', { schedule_months: -2 }],
    ['scheduled_timezone', { use_scheduled_timezone: true }],
  ])('names %s when it is %j', (field, change) => {
    expect(() => masksToSchedule({ ...masks, ...change })).toThrow(
      expect.objectContaining({
        code: 'job.invalid',
        fields: [expect.objectContaining({ field })],
      }),
    );
  });
});
