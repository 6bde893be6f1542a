import { describe, expect, it } from 'vitest';
import {
  findSchedule,
  windowEndMs,
} from '../../../../local/simulators/opsramp/maintenance-states.ts';
import { createClientTenant } from './client-tenant.ts';

const ONCE = {
  type: 'One-Time',
  startTime: '2026-03-28T16:00:00+0000',
  endTime: '2026-03-28T17:00:00+0000',
  timezone: 'UTC',
};
const DAILY = { ...ONCE, type: 'Recurring', pattern: { type: 'daily' }, endBy: 'NEVER' };
const TO_START_MS = 433_000;

function setUp(schedule: object = ONCE) {
  const test = createClientTenant();
  const body = { name: 'Window', schedule, devices: [{ hostName: test.server().hostName }] };
  const create = (change: object = {}) =>
    test.call('POST', '/scheduleMaintenances', { body: { ...body, ...change } });
  const { uniqueId } = create().json<{ uniqueId: string }>();
  const path = `/scheduleMaintenances/${uniqueId}`;
  const act = (verb: string, given: object = {}) =>
    test.call('POST', `${path}/${verb}`, { body: given });
  const status = () => test.call('GET', path).json<{ status: string }>().status;
  return { ...test, create, uniqueId, path, act, status };
}

describe('OpsRamp maintenance', () => {
  it('is pending until its start, active until its end, and then completed', () => {
    const { status, wait, uniqueId } = setUp();
    expect(uniqueId).toMatch(/^SM-/);
    wait(TO_START_MS - 1);
    expect(status()).toBe('Pending');
    wait(1);
    expect(status()).toBe('Active');
    wait(3_599_999);
    expect(status()).toBe('Active');
    wait(1);
    expect(status()).toBe('Completed');
  });

  it('is suspended only while active, and resumed only while suspended', () => {
    const { act, status, wait } = setUp();
    const suspend = () => act('suspend', { pattern: 'now' }).status;
    expect([suspend(), act('resume').status]).toEqual([400, 400]);
    wait(TO_START_MS);
    expect(act('suspend').status).toBe(400);
    expect([suspend(), status(), suspend()]).toEqual([200, 'Suspended', 400]);
    expect(act('end').status).toBe(400);
    expect([act('resume').status, status()]).toEqual([200, 'Active']);
  });

  it('is completed when it is ended, unless it recurs: then it is pending again', () => {
    const once = setUp();
    once.wait(TO_START_MS);
    const { uniqueId } = once;
    expect(once.act('end').json()).toEqual({ uniqueId, status: 'Completed' });
    expect(once.act('end').status).toBe(400);
    const daily = setUp(DAILY);
    daily.wait(TO_START_MS);
    expect(daily.act('end').json()).toMatchObject({ status: 'Pending' });
    daily.wait(3_600_000 - 1);
    expect(daily.status()).toBe('Pending');
  });

  it('is found by name and status, and twice makes two', () => {
    const { call, create, wait } = setUp();
    create();
    wait(TO_START_MS);
    const found = (queryString: string) =>
      call('GET', '/scheduleMaintenances/search', { query: { queryString } }).json();
    expect(found('name:Window+status:Active')).toMatchObject({ totalResults: 2 });
    expect(found('status:Pending')).toMatchObject({ totalResults: 0 });
  });

  it('takes resources and lets them go, by a DELETE with a body', () => {
    const { call, path, server } = setUp();
    const body = { devices: [{ uniqueId: server(1).id }] };
    const devices = () => call('GET', path).json<{ devices: object[] }>().devices;
    expect(call('POST', `${path}/resources`, { body })).toMatchObject({ status: 200, text: '' });
    expect(devices()).toHaveLength(2);
    call('DELETE', `${path}/resources`, { body });
    expect(devices()).toEqual([{ hostName: server().hostName }]);
  });

  it('is deleted', () => {
    const { call, path } = setUp();
    expect(call('DELETE', path)).toMatchObject({ status: 200, text: '' });
    expect(call('GET', path).status).toBe(500);
  });

  it.each([
    ['no name', { name: '' }, 400],
    ['an end before its start', { schedule: { ...ONCE, endTime: ONCE.startTime } }, 400],
    ['another type', { schedule: { ...ONCE, type: 'Sometimes' } }, 400],
    ['no schedule', { schedule: undefined }, 400],
    ['a device that is not there', { devices: [{ uniqueId: 'none' }] }, 500],
    ['101 places', { locations: Array.from({ length: 101 }, (_, id) => ({ id })) }, 400],
  ])('is refused with %s', (_, change, status) => {
    const { create } = setUp();
    expect(create(change).status).toBe(status);
  });
});

describe('OpsRamp maintenance pattern', () => {
  /** Whether a window of an hour from 16:00 is open at half past on that day. */
  const isOpen = (pattern: object, day: string): boolean => {
    const schedule = findSchedule({ ...DAILY, startTime: '2026-03-01T16:00:00+0000', pattern });
    if (schedule === undefined) throw new RangeError('no schedule');
    const hour = { ...schedule, endMs: schedule.startMs + 3_600_000 };
    return windowEndMs(hour, Date.parse(`${day}T16:30:00Z`)) !== undefined;
  };

  it.each([
    [{ type: 'daily' }, '2026-03-29', true],
    [{ type: 'daily', dayFrequency: 'every weekday' }, '2026-03-30', true],
    [{ type: 'daily', dayFrequency: 'every weekday' }, '2026-03-29', false],
    [{ type: 'weekly', weekDays: 'Wednesday,Thursday' }, '2026-04-01', true],
    [{ type: 'weekly', weekDays: 'Wednesday, Thursday' }, '2026-04-02', true],
    [{ type: 'weekly', weekDays: 'Wednesday,Thursday' }, '2026-04-03', false],
    [{ type: 'monthly', dayOfMonth: '14' }, '2026-04-14', true],
    [{ type: 'monthly', dayOfMonth: '14' }, '2026-04-15', false],
    [{ type: 'monthly', weekIndex: 'Third', dayOfWeek: 'Thursday' }, '2026-04-16', true],
    [{ type: 'monthly', weekIndex: 'Third', dayOfWeek: 'Thursday' }, '2026-04-09', false],
    [{ type: 'monthly', weekIndex: 'Last', dayOfWeek: 'Thursday' }, '2026-04-30', true],
    [{ type: 'monthly', weekIndex: 'Last', dayOfWeek: 'Thursday' }, '2026-04-23', false],
  ])('%o on %s: %s', (pattern, day, open) => {
    expect(isOpen(pattern, day)).toBe(open);
  });
});
