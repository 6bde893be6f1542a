/** Maintenance windows. OpsRamp lists them with the alerts; no limit of theirs is named. */
import * as z from 'zod';
import { TENANT } from '../lanes.ts';
import { get, Id, list, post, remove, Text } from './rows.ts';

const WINDOWS = `${TENANT}/scheduleMaintenances`;

/** Of a window, of all kinds. source: 'OpsRamp OpenAPI descriptions, v2': "up to 100 resources". */
export const RESOURCES_MAX = 100;

const some = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(RESOURCES_MAX).optional();

export const maintenanceTargets = {
  devices: some(
    z
      .strictObject({
        hostName: Text.optional().describe('Its host name.'),
        uniqueId: Text.optional().describe('Or its id.'),
      })
      .refine(({ hostName, uniqueId }) => (hostName === undefined) !== (uniqueId === undefined), {
        error: 'must have hostName or uniqueId, and not both',
      }),
  ).describe('The devices.'),
  deviceGroups: some(z.strictObject({ id: Id.describe('Id of the group.') })).describe(
    'Groups of devices.',
  ),
  locations: some(z.strictObject({ id: Id.describe('Id of the location.') })).describe(
    'Locations.',
  ),
};

const Targets = z.strictObject(maintenanceTargets);

const Day = Text.optional();

export const MaintenanceSchedule = z.strictObject({
  type: z.enum(['One-Time', 'Recurring']).describe('Once, or again and again.'),
  startTime: Text.describe('2026-03-01T22:00:00+0000, for a start.'),
  endTime: Text.optional().describe('Likewise its end.'),
  timezone: Text.optional().describe('Such as America/New_York.'),
  endBy: Text.optional().describe('NEVER, where it recurs without an end.'),
  pattern: z
    .strictObject({
      type: Text.describe('daily, weekly or monthly.'),
      dayFrequency: Day.describe('Of a daily one, such as "every weekday".'),
      weekDays: Day.describe('Of a weekly one, such as "Wednesday,Thursday".'),
      dayOfMonth: Day.describe('Of a monthly one, such as "14".'),
      weekIndex: Day.describe('Of a monthly one, such as "Third".'),
      dayOfWeek: Day.describe('Of a monthly one, such as "Thursday".'),
    })
    .optional()
    .describe('When a recurring one recurs.'),
});

export const maintenanceFields = {
  name: Text.max(200).describe('How the window is known.'),
  description: Text.optional().describe('For people.'),
  runRBA: z.boolean().optional().describe('Whether automation goes on meanwhile.'),
  installPatch: z.boolean().optional().describe('Whether patches are installed meanwhile.'),
  ...maintenanceTargets,
  schedule: MaintenanceSchedule.describe('When.'),
};

export const maintenance = {
  searchMaintenances: list('maintenances.search', `${WINDOWS}/search`, [
    'name',
    'uniqueId',
    'status',
  ]),
  getMaintenance: get('maintenances.get', `${WINDOWS}/{id}`),
  createMaintenance: post(
    'maintenances.create',
    WINDOWS,
    'reconcile',
    z.strictObject(maintenanceFields),
  ),
  suspendMaintenance: post(
    'maintenances.suspend',
    `${WINDOWS}/{id}/suspend`,
    'idempotent',
    z.strictObject({
      pattern: z.enum(['now', 'range']),
      startDate: Text.optional(),
      endDate: Text.optional(),
    }),
  ),
  resumeMaintenance: post('maintenances.resume', `${WINDOWS}/{id}/resume`, 'idempotent'),
  endMaintenance: post('maintenances.end', `${WINDOWS}/{id}/end`, 'idempotent'),
  addMaintenanceResources: post(
    'maintenances.addResources',
    `${WINDOWS}/{id}/resources`,
    'idempotent',
    Targets,
  ),
  removeMaintenanceResources: remove(
    'maintenances.removeResources',
    `${WINDOWS}/{id}/resources`,
    Targets,
  ),
  deleteMaintenance: remove('maintenances.delete', `${WINDOWS}/{id}`),
} as const;
