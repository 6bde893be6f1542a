import { describe, expect, it } from 'vitest';
import { createConsole } from './console.ts';
import { patchPolicy, softwarePolicy, workletPolicy } from './policy-bodies.ts';

const row = (left: string, condition: string, right: unknown) => ({
  patch_rule: 'advanced',
  advanced_filter: [{ left, condition, right }],
});

const filter = (change: object) => ({ patch_rule: 'filter', ...change });

describe('Automox policy rules', () => {
  it.each<[field: string, body: object]>([
    ['name', patchPolicy({ name: '' })],
    ['policy_type_name', patchPolicy({ policy_type_name: 'worklet' })],
    ['organization_id', patchPolicy({ organization_id: undefined })],
    ['organization_id', patchPolicy({ organization_id: 1 })],
    ['schedule_days', patchPolicy({ schedule_days: 255 })],
    ['schedule_days', patchPolicy({ schedule_days: 256 })],
    ['schedule_days', patchPolicy({ schedule_days: undefined })],
    ['schedule_weeks_of_month', patchPolicy({ schedule_weeks_of_month: undefined })],
    ['schedule_weeks_of_month', patchPolicy({ schedule_weeks_of_month: 64 })],
    ['schedule_weeks_of_month', patchPolicy({ schedule_weeks_of_month: 0 })],
    ['schedule_months', patchPolicy({ schedule_months: 0 })],
    ['schedule_months', patchPolicy({ schedule_months: 3 })],
    ['schedule_time', patchPolicy({ schedule_time: '6:00' })],
    ['schedule_time', patchPolicy({ schedule_time: '24:00' })],
    ['scheduled_timezone', patchPolicy({ use_scheduled_timezone: true })],
    ['notes', patchPolicy({ notes: undefined })],
    ['server_groups', patchPolicy({ server_groups: [5] })],
    ['configuration', patchPolicy({ configuration: [] })],
    ['configuration.auto_patch', patchPolicy({}, { auto_patch: undefined })],
    ['configuration.notify_user', patchPolicy({}, { notify_user: 'yes' })],
    ['configuration.patch_rule', patchPolicy({}, { patch_rule: 'some' })],
    ['configuration.filter_type', patchPolicy({}, { filter_type: undefined })],
    ['configuration.filter_type', patchPolicy({}, filter({ filter_type: 'all', filters: ['*'] }))],
    ['configuration.filters', patchPolicy({}, filter({ filter_type: 'include', filters: [] }))],
    ['configuration.filters', patchPolicy({}, filter({ filter_type: 'exclude' }))],
    [
      'configuration.severity_filter',
      patchPolicy({}, filter({ filter_type: 'severity', severity_filter: ['urgent'] })),
    ],
    ['configuration.advanced_filter', patchPolicy({}, { patch_rule: 'advanced' })],
    ['configuration.advanced_filter', patchPolicy({}, row('severity', 'contains', 'low'))],
    ['configuration.advanced_filter', patchPolicy({}, row('colour', 'is', 'red'))],
    ['configuration.advanced_filter', patchPolicy({}, row('patch-days-old', 'less-than', 181))],
    [
      'configuration.custom_notification_patch_message',
      patchPolicy({}, { custom_notification_patch_message: 'x'.repeat(126) }),
    ],
    [
      'configuration.custom_notification_reboot_message_mac',
      patchPolicy({}, { custom_notification_reboot_message_mac: 'x'.repeat(71) }),
    ],
    [
      'configuration.notify_user_message_timeout',
      patchPolicy({}, { notify_user_message_timeout: 14 }),
    ],
    [
      'configuration.custom_notification_deferment_periods',
      patchPolicy({}, { custom_notification_deferment_periods: [1, 1, 4] }),
    ],
    [
      'configuration.device_filters',
      patchPolicy({}, { device_filters: [{ type: 'tag', tag_name: 'x' }] }),
    ],
    ['configuration.os_family', workletPolicy({ os_family: 'windows' })],
    ['configuration.evaluation_code', workletPolicy({ evaluation_code: undefined })],
    ['configuration.package_version', softwarePolicy({ package_version: undefined })],
  ])('refuse with 400, and name %s alone, case %#', (field, body) => {
    const { call } = createConsole();
    const reply = call('POST', '/policies', { body });
    expect(reply.status).toBe(400);
    const { errors } = reply.json<{ errors: Record<string, string[]> }>();
    expect(Object.keys(errors)).toEqual([field]);
    expect(errors[field]).toEqual([expect.any(String)]);
  });

  it.each<[title: string, body: object]>([
    ['a manual schedule without weeks and months', manual()],
    ['the organization as text', patchPolicy({ organization_id: '9237' })],
    ['no server_groups', patchPolicy({ server_groups: null })],
    ['a fixed time zone', fixedZone()],
    [
      'filters beside the rule "all"',
      patchPolicy({}, { filters: ['*KB*'], severity_filter: ['low'] }),
    ],
    ['code fields of null on a patch policy', patchPolicy({}, { evaluation_code: null })],
    [
      'the longest messages',
      patchPolicy({}, { custom_notification_patch_message: 'x'.repeat(125) }),
    ],
    ['a severity filter', severities('critical', 'no_known_cves')],
    ['an advanced filter', patchPolicy({}, row('severity', 'greater-than-or-equal-to', 'medium'))],
    ['patches older than 180 days', patchPolicy({}, row('patch-days-old', 'greater-than', 180))],
    ['any text in a name', patchPolicy({}, row('display-name', 'contains', 'Überprüfung'))],
  ])('accept %s', (_, body) => {
    const { call } = createConsole();
    expect(call('POST', '/policies', { body })).toMatchObject({ status: 201, text: '' });
  });

  it('refuse a body that is not JSON, or does not say that it is', () => {
    const { simulator } = createConsole();
    const authorization = 'Bearer automox-key';
    const send = (contentType: string, text: string) =>
      simulator.handle({
        method: 'POST',
        path: '/api/policies',
        headers: { authorization, 'content-type': contentType },
        body: Buffer.from(text),
      }).status;
    expect(send('application/json', '{"organization_id": 0000}')).toBe(400);
    expect(send('application/json', '')).toBe(400);
    expect(send('text/plain', JSON.stringify(patchPolicy()))).toBe(400);
    expect(send('application/json; charset=utf-8', JSON.stringify(patchPolicy()))).toBe(201);
  });
});

const manual = (): object =>
  patchPolicy({ schedule_days: 0, schedule_weeks_of_month: undefined, schedule_months: undefined });

const fixedZone = (): object =>
  patchPolicy({ use_scheduled_timezone: true, scheduled_timezone: 'UTC-0700' });

const severities = (...severity_filter: string[]): object =>
  patchPolicy({}, filter({ filter_type: 'severity', severity_filter }));
