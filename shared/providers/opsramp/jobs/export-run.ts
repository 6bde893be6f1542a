/**
 * `opsramp.export.run`: exports once, or on a schedule, into the storage of an integration.
 *
 * OpsRamp answers in text: the ids of what it made, or that there is one of the name. The export lands
 * in the storage some time later, and OpsRamp cannot be asked about it.
 */
import * as z from 'zod';
import { ProviderError } from '../../../errors/provider-error.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { exportTypes } from '../operations/exports.ts';
import { Id } from '../operations/rows.ts';
import { operations } from '../operations.ts';
import { plainJson } from './row-differences.ts';

const Schedule = z
  .strictObject({
    every: z.enum(['Daily', 'Weekly', 'Monthly']).describe('How often.'),
    hour: z.int().min(0).max(23).describe('At this hour.'),
    minute: z.int().min(0).max(59).default(0).describe('And this minute.'),
    day: z.string().min(1).max(20).optional().describe('Day of a weekly one, such as Monday.'),
    date: z.int().min(1).max(31).optional().describe('Day of a monthly one.'),
  })
  .describe('When, again and again; default once, now.');

export const ExportRunParams = z.strictObject({
  name: z.string().min(1).max(200).describe('How the export is known; each is made once.'),
  integrationId: Id.describe('The integration whose storage takes it.'),
  type: z.enum(exportTypes).describe('What is exported.'),
  schedule: Schedule.optional(),
});
export type ExportRunParams = z.output<typeof ExportRunParams>;

export const exportRun: JobType<ExportRunParams> = {
  type: 'opsramp.export.run',
  provider: 'opsramp',
  description: 'Exports inventory, alerts, tickets or metrics into the storage of an integration.',
  params: ExportRunParams,
  example: { name: 'inventory-2026-03', integrationId: 'INTG-1', type: 'Inventory' },
  budget: 'other.write',
  shards: 1,
  cost: {
    operations: [operations.createExport],
    calls: 'one',
  },
  execute: runExport,
};

async function runExport(context: JobContext, params: ExportRunParams): Promise<JobEnd> {
  const { name } = params;
  // A create that is sent again is answered with the one that is there: nothing else can tell.
  const call = { operation: operations.createExport, key: 'create', body: bodyOf(params) };
  const answer = await context.call(call, async () => false);
  if (answer.from === 'observed') {
    return { status: 'succeeded', summary: `would export "${name}"` };
  }
  const text = typeof answer.body === 'string' ? answer.body : '';
  const ids = [...text.matchAll(/schexp-[\w-]+/g)].map(([id]) => id);
  const exists = /already exists/i.test(text);
  if (ids.length === 0 && !exists) {
    throw new ProviderError('provider.no-answer', 'OpsRamp does not say whether it exports', {
      status: answer.status,
    });
  }
  const summary = exists ? `the export "${name}" exists already` : `export "${name}" is under way`;
  return { status: 'succeeded', summary, data: { name, exportIds: ids, created: !exists } };
}

const bodyOf = ({ name, integrationId, type, schedule }: ExportRunParams) =>
  plainJson({
    name,
    scheduleType: schedule ? 'RECURRING' : 'ON-DEMAND',
    // Also of one that is on demand: the documentation's own example has it.
    recurringType: schedule?.every ?? 'Daily',
    integrationId,
    type,
    ...(schedule && {
      startHours: schedule.hour,
      startMins: schedule.minute,
      startDay: schedule.day,
      startDate: schedule.date === undefined ? undefined : String(schedule.date),
    }),
  });
