/**
 * `opsramp.maintenance.schedule`: there is a maintenance window of this name.
 *
 * Guarantees: never two windows of one name by this job; a create whose answer was lost is looked up
 * before it is repeated. A window of the name that is there is left as it is, and named.
 */
import * as z from 'zod';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { idIn } from '../list-pages.ts';
import { maintenanceFields, RESOURCES_MAX } from '../operations/maintenance.ts';
import { operations } from '../operations.ts';
import { SearchText } from '../query-string.ts';
import { findWindow } from './find-window.ts';
import { changesOf, plainJson } from './row-differences.ts';

export const MaintenanceScheduleParams = z
  .strictObject({
    ...maintenanceFields,
    name: SearchText.describe('How the window is known; none of the name must be there.'),
  })
  .refine(
    ({ devices, deviceGroups, locations }) =>
      [devices, deviceGroups, locations].some((targets) => targets !== undefined),
    { path: ['devices'], error: 'must be given, or "deviceGroups" or "locations" instead' },
  )
  .refine(
    ({ devices = [], deviceGroups = [], locations = [] }) =>
      devices.length + deviceGroups.length + locations.length <= RESOURCES_MAX,
    { path: ['devices'], error: `must be ${RESOURCES_MAX} at most, groups and locations included` },
  );
export type MaintenanceScheduleParams = z.output<typeof MaintenanceScheduleParams>;

/** In this run of the job the create is about to be sent, or was. */
const Checkpoint = z.object({ phase: z.literal('creating'), run: z.int() });

export const maintenanceSchedule: JobType<MaintenanceScheduleParams> = {
  type: 'opsramp.maintenance.schedule',
  provider: 'opsramp',
  description: 'Schedules a maintenance window, unless there is one of its name.',
  params: MaintenanceScheduleParams,
  example: {
    name: 'March window',
    description: 'Firmware of the storage',
    devices: [{ hostName: 'srv-backup-01' }],
    schedule: {
      type: 'One-Time',
      startTime: '2027-03-06T22:00:00+0000',
      endTime: '2027-03-07T02:00:00+0000',
      timezone: 'UTC',
    },
  },
  budget: 'other.write',
  // Two of one name at once would both find it free.
  shards: 1,
  cost: {
    operations: [operations.searchMaintenances, operations.createMaintenance],
    calls: 'two',
  },
  execute: scheduleWindow,
};

async function scheduleWindow(
  context: JobContext,
  params: MaintenanceScheduleParams,
): Promise<JobEnd> {
  const { name } = params;
  const body = plainJson(params);
  const begun = parseCheckpoint(Checkpoint, context.checkpoint)?.run === context.run;
  const existing = await findWindow(context, name, 'before');
  if (existing) {
    const differs = Object.keys(changesOf(comparable(body, existing), existing));
    if (differs.length > 0) {
      context.warn(`it differs in ${differs.join(', ')} and was left as it is`);
    }
    // There after a create without an answer: this job's own doing.
    if (begun) return scheduled(name, idIn(existing, 'uniqueId'));
    const data = { windowId: idIn(existing, 'uniqueId') ?? null, created: false };
    return { status: 'succeeded', summary: `the window "${name}" is there already`, data };
  }
  context.checkpointAt({ phase: 'creating', run: context.run });
  const call = { operation: operations.createMaintenance, key: 'create', body };
  const look = async () => (await findWindow(context, name, 'look')) !== undefined;
  const answer = await context.call(call, look);
  if (answer.from === 'observed') {
    return { status: 'succeeded', summary: `would schedule the window "${name}"` };
  }
  const id =
    idIn(answer.body, 'uniqueId') ??
    idIn((await findWindow(context, name, 'after')) ?? null, 'uniqueId');
  return scheduled(name, id);
}

/** What it covers counts where a row of the search tells of it. */
function comparable(body: JsonObject, existing: JsonObject): JsonObject {
  const { schedule, description } = body;
  const told = ['devices', 'deviceGroups', 'locations'].filter((it) => Array.isArray(existing[it]));
  const covered = Object.fromEntries(told.map((name) => [name, body[name] ?? []]));
  return plainJson({ schedule, description, ...covered });
}

const scheduled = (name: string, id: string | undefined): JobEnd => ({
  status: 'succeeded',
  summary: `scheduled the window "${name}"`,
  data: { windowId: id ?? null, created: true },
});
