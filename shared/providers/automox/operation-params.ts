/**
 * What the operations take, as the Automox console names it. `o` is no parameter: the organization is
 * the account's, whatever a job says.
 *
 * source: 'Automox console API, OpenAPI description'; the policy's fields also 'Automox developer
 * portal: Create a new policy'.
 */
import * as z from 'zod';
import { Id } from './device-selection.ts';
import { PAGE_ROWS_MAX } from './list-pages.ts';
import { WebhookEventType } from './webhook-event-type.ts';

const Flag = z.literal([0, 1]).optional();
const Count = z.int().min(0);
const Text = z.string().max(20_000);

/** Each placeholder of a path is an id. */
export const pathOf = (path: string) => {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  if (names.length === 0) return {};
  return { path: z.strictObject(Object.fromEntries(names.map((name) => [name, Id]))) };
};

const page = { limit: z.int().min(1).max(PAGE_ROWS_MAX).optional(), page: Count.optional() };

export const pageQuery = z.strictObject(page);

/** Automox wants both numbers of the page here. */
export const serversQuery = z.strictObject({
  limit: z.int().min(1).max(PAGE_ROWS_MAX),
  page: Count,
  groupId: Id.optional(),
  policyId: Id.optional(),
  pending: Flag,
  exception: Flag,
  managed: Flag,
  patchStatus: z.literal('missing').optional(),
  include_details: Flag,
  include_server_events: Flag,
  include_next_patch_time: Flag,
  exclude_policy_status: Flag,
});

export const batchBody = z.strictObject({
  devices: z.array(Id).min(1).max(500),
  actions: z
    .array(
      z.strictObject({
        attribute: z.literal('tags'),
        action: z.enum(['apply', 'remove']),
        value: z.array(Text).min(1),
      }),
    )
    .min(1),
});

/** Replaces: what is left out is empty afterwards. */
export const serverBody = z.strictObject({
  server_group_id: Id,
  exception: z.boolean(),
  tags: z.array(Text).optional(),
  custom_name: Text.nullable().optional(),
  ip_addrs: z.array(Text).optional(),
});

export const commandBody = z.strictObject({
  command_type_name: z.enum(['GetOS', 'InstallUpdate', 'InstallAllUpdates', 'Reboot']),
  args: Text.optional(),
});

export const policyBody = z.strictObject({
  id: Id.optional(),
  name: Text.min(1),
  policy_type_name: z.enum(['patch', 'custom', 'required_software']),
  organization_id: Id,
  schedule_days: Count,
  schedule_weeks_of_month: Count.optional(),
  schedule_months: Count.optional(),
  schedule_time: Text,
  use_scheduled_timezone: z.boolean().optional(),
  scheduled_timezone: Text.optional(),
  notes: Text,
  server_groups: z.array(Id).optional(),
  configuration: z.record(z.string(), z.json()),
});

export const runBody = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('remediateAll') }),
  z.strictObject({ action: z.literal('remediateServer'), serverId: Id }),
]);

const Day = z.iso.date();

export const packagesQuery = z.strictObject({ ...page, awaiting: Flag, includeUnmanaged: Flag });

/** `countOnly` is the integer 1: `true` is refused. */
export const eventsQuery = z.strictObject({
  ...page,
  eventName: Text.optional(),
  policyId: Id.optional(),
  serverId: Id.optional(),
  userId: Id.optional(),
  startDate: Day.optional(),
  endDate: Day.optional(),
  countOnly: Flag,
});

export const approvalBody = z.strictObject({ manual_approval: z.boolean() });

export const reportQuery = z.strictObject({
  groupId: Id.optional(),
  limit: page.limit,
  offset: Count.optional(),
});

export const runsQuery = z.strictObject({ ...page, org: z.uuid() });

/** Replaces: what is left out is empty afterwards; null keeps the three of the updates. */
export const groupBody = z.strictObject({
  name: Text,
  refresh_interval: z.int().min(240).max(1_440),
  parent_server_group_id: Id,
  ui_color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .nullable()
    .optional(),
  notes: Text.nullable().optional(),
  enable_os_auto_update: z.boolean().nullable().optional(),
  enable_wsus: z.boolean().nullable().optional(),
  wsus_server: Text.nullable().optional(),
  policies: z.array(Id).optional(),
});

export const previewQuery = z.strictObject({
  limit: z.int().min(1).max(200).optional(),
  page: page.page,
});

export const previewBody = z.strictObject({
  device_filters: z.array(z.strictObject({ field: Text, op: Text, value: z.array(Text).min(1) })),
  server_groups: z.array(Id),
});

/** Of the last 90 days. */
export const extractBody = z.strictObject({
  type: z.enum(['patch-history', 'api-activity']),
  parameters: z.strictObject({ start_time: z.iso.datetime(), end_time: z.iso.datetime() }),
});

/** Ids of webhooks are opaque texts. */
const orgUuid = z.uuid();
export const webhooksPath = z.strictObject({ orgUuid });
export const webhookPath = z.strictObject({ orgUuid, id: z.string().min(1).max(256) });

export const cursorQuery = z.strictObject({ cursor: z.string().optional() });

export const webhookBody = z.strictObject({
  name: Text.min(1),
  url: z.url({ protocol: /^https$/ }),
  eventTypes: z.array(WebhookEventType).min(1),
});

export const webhookChange = webhookBody.partial();
