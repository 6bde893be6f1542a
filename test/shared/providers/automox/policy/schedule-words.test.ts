import { describe, expect, it } from 'vitest';
import { PolicyCreateParams } from '../../../../../shared/providers/automox/policy/policy-params.ts';
import { scheduleWarnings } from '../../../../../shared/providers/automox/policy/schedule-warnings.ts';
import { fieldsOf, policyWith, problemsOf } from './sample-policies.ts';

const noMasks = {
  schedule_days: undefined,
  schedule_weeks_of_month: undefined,
  schedule_months: undefined,
  schedule_time: undefined,
};
const words = { days: ['mon', 'wed', 'fri'], time: '01:00' };

describe('schedule in words', () => {
  it.each([
    ['schedule.days', { days: ['funday'] }],
    ['schedule.days', { days: [] }],
    ['schedule.days', { days: 'mon' }],
    ['schedule.days', { days: undefined }],
    ['schedule.weeks', { weeks: [6] }],
    ['schedule.weeks', { weeks: [0] }],
    ['schedule.weeks', { weeks: 'none' }],
    ['schedule.months', { months: ['smarch'] }],
    ['schedule.months', { months: [13] }],
    ['schedule.months', { months: 'none' }],
    ['schedule.time', { time: undefined }],
    ['schedule.time', { time: '1:00' }],
    ['schedule.time', { time: '24:00' }],
    ['schedule.time', { time: '12:60' }],
    ['schedule.timeZone', { timeZone: 'America/Denver' }],
    ['schedule.timeZone', { timeZone: 'UTC+1500' }],
    ['schedule.hour', { hour: 1 }],
  ])('names %s when it is %j', (field, change) => {
    const schedule = { ...words, ...change };
    expect(fieldsOf(policyWith('patch', { ...noMasks, schedule }))).toEqual([field]);
  });

  it('becomes bit masks, and is itself gone', () => {
    const policy = PolicyCreateParams.parse(policyWith('patch', { ...noMasks, schedule: words }));
    expect(policy).toMatchObject({
      schedule_days: 42,
      schedule_weeks_of_month: 62,
      schedule_months: 8190,
      schedule_time: '01:00',
    });
    expect(policy).not.toHaveProperty('schedule');
  });

  it('may stand beside masks that say the same', () => {
    expect(fieldsOf(policyWith('patch', { schedule: words }))).toEqual([]);
  });

  it.each([
    ['schedule_days', { schedule_days: 254 }],
    ['schedule_weeks_of_month', { schedule_weeks_of_month: 20 }],
    ['schedule_months', { schedule_months: 4680 }],
    ['schedule_time', { schedule_time: '02:00' }],
  ])('is refused beside %s that says something else', (field, change) => {
    const problems = problemsOf(policyWith('patch', { schedule: words, ...change }));
    expect(problems.map((problem) => problem.field)).toEqual([field]);
    expect(problems[0]?.problem).toContain('but "schedule" means');
  });

  it('is refused beside a time zone that says something else', () => {
    const schedule = { ...words, timeZone: 'UTC+0000' };
    const other = { use_scheduled_timezone: true, scheduled_timezone: 'UTC-0700' };
    expect(fieldsOf(policyWith('patch', { schedule, ...other }))).toEqual(['scheduled_timezone']);
  });
});

describe('schedule in masks', () => {
  it.each([
    ['schedule_days', 3],
    ['schedule_days', 256],
    ['schedule_days', -2],
    ['schedule_days', 2.5],
    ['schedule_days', '254'],
    ['schedule_weeks_of_month', 64],
    ['schedule_weeks_of_month', 1],
    ['schedule_weeks_of_month', 0],
    ['schedule_months', 8192],
    ['schedule_months', 5],
    ['schedule_months', 0],
    ['schedule_time', '6:00'],
    ['schedule_time', '24:00'],
    ['schedule_time', 600],
    ['schedule_days', undefined],
    ['schedule_time', undefined],
  ])('names %s once when it is %j', (field, value) => {
    expect(fieldsOf(policyWith('patch', { [field]: value }))).toEqual([field]);
  });

  it('may leave weeks and months out, or 0 for a policy that runs only by hand', () => {
    const absent = { schedule_weeks_of_month: undefined, schedule_months: undefined };
    const zero = { schedule_days: 0, schedule_weeks_of_month: 0, schedule_months: 0 };
    expect(fieldsOf(policyWith('patch', absent))).toEqual([]);
    expect(fieldsOf(policyWith('patch', zero))).toEqual([]);
  });

  it.each([undefined, null, '', 'UTC', 'Europe/Paris', 'UTC+0060'])(
    'names scheduled_timezone when it is in use and %j',
    (zone) => {
      const change = { use_scheduled_timezone: true, scheduled_timezone: zone };
      expect(fieldsOf(policyWith('patch', change))).toEqual(['scheduled_timezone']);
    },
  );
});

describe('scheduleWarnings', () => {
  const masks = {
    schedule_days: 254,
    schedule_weeks_of_month: 62,
    schedule_months: 8190,
    schedule_time: '01:00',
  };

  it.each([
    ['nothing of a daily schedule', {}, []],
    ['that no day means by hand', { schedule_days: 0 }, ['schedule_days']],
    ['that weeks are calendar weeks', { schedule_weeks_of_month: 4 }, ['schedule_weeks_of_month']],
    [
      'that 5th weeks are rare',
      { schedule_weeks_of_month: 32 },
      ['schedule_weeks_of_month', 'schedule_weeks_of_month'],
    ],
    [
      'that an offset has no daylight saving',
      { use_scheduled_timezone: true, scheduled_timezone: 'UTC-0700' },
      ['scheduled_timezone'],
    ],
  ])('says %s', (_, change, fields) => {
    expect(scheduleWarnings({ ...masks, ...change }).map(({ field }) => field)).toEqual(fields);
  });
});
