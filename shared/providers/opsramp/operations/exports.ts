/** Exports into the storage of an integration. */
import * as z from 'zod';
import { Id, post, Text } from './rows.ts';

export const exportTypes = ['Inventory', 'Alerts', 'Tickets', 'Metrics'] as const;

const hourOrMinute = z.union([z.int().min(0).max(59), z.string().regex(/^\d{1,2}$/)]);

export const dataExports = {
  /** Answers text: lines that name what was made, or say that it already exists. */
  createExport: post(
    'exports.create',
    '/api/v2/exports/tenants/{tenantId}/create',
    'reconcile',
    z.strictObject({
      name: Text,
      scheduleType: z.enum(['ON-DEMAND', 'RECURRING']),
      recurringType: z.enum(['Daily', 'Weekly', 'Monthly']),
      integrationId: Id,
      type: z.enum(exportTypes),
      startHours: hourOrMinute.optional(),
      startMins: hourOrMinute.optional(),
      startDay: Text.optional(),
      startDate: Text.optional(),
    }),
    { textAnswer: true },
  ),
} as const;
