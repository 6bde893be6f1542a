/**
 * What the operations take, as Cisco AMP names it. Strict, for an unexpected parameter is answered
 * with 400; identifiers are checked before they become part of a path.
 */
import * as z from 'zod';

export const Guid = z
  .string()
  .regex(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    'must be a GUID such as 6f8b1c7e-0d3a-4b52-9a41-2f6f0c9d1e34',
  )
  .toLowerCase();

export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/i, 'must be a SHA-256 of 64 hexadecimal digits')
  .toLowerCase();

/** Event types are numbers up to 2^32: no signed 32-bit integer holds them. */
export const EventTypeId = z.int().positive();

const Instant = z.iso.datetime({ offset: true });
const Guids = z.array(Guid).optional();
const Texts = z.array(z.string().min(1)).optional();
const StreamId = z.int().positive();

/** source: 'Cisco AMP for Endpoints API: Metadata section' ("a current limit of 500 results"). */
export const PAGE_ROWS_MAX = 500;

const page = {
  limit: z.int().min(1).max(PAGE_ROWS_MAX).optional(),
  offset: z.int().min(0).optional(),
};
const period = { start_time: Instant.optional(), end_time: Instant.optional() };

export const computerPath = z.strictObject({ guid: Guid });
export const guidPath = z.strictObject({ guid: Guid });
export const filePath = z.strictObject({ guid: Guid, sha256: Sha256 });
export const hashPath = z.strictObject({ sha256: Sha256 });
export const streamPath = z.strictObject({ id: StreamId });

export const pageQuery = z.strictObject(page);
export const computersQuery = z.strictObject({
  ...page,
  'hostname[]': Texts,
  internal_ip: z.string().optional(),
  external_ip: z.string().optional(),
  'group_guid[]': Guids,
  last_seen_within: z.int().positive().optional(),
  last_seen_over: z.int().positive().optional(),
});
export const trajectoryQuery = z.strictObject({
  q: z.string().min(1).optional(),
  limit: page.limit,
});
export const activityQuery = z.strictObject({ ...page, q: z.string().min(1) });
export const groupsQuery = z.strictObject({ ...page, name: z.string().min(1).optional() });
export const policiesQuery = z.strictObject({
  ...page,
  'product[]': z.array(z.enum(['windows', 'mac', 'linux', 'android', 'ios', 'network'])).optional(),
  'name[]': Texts,
});
export const eventsQuery = z.strictObject({
  ...page,
  detection_sha256: Sha256.optional(),
  application_sha256: Sha256.optional(),
  'connector_guid[]': Guids,
  'group_guid[]': Guids,
  'event_type[]': z.array(EventTypeId).optional(),
  start_date: Instant.optional(),
});
export const fileListsQuery = z.strictObject({ ...page, 'name[]': Texts });
export const vulnerabilitiesQuery = z.strictObject({ ...page, ...period, 'group_guid[]': Guids });
export const computerVulnerabilitiesQuery = z.strictObject({ ...page, ...period });

const Comment = z.string().max(1_000).optional();

export const moveBody = z.strictObject({ group_guid: Guid });
/** No `unlock_code`: one that Sluice is not given it cannot lose. AMP makes one up. */
export const isolationBody = z.strictObject({ comment: Comment });
export const groupBody = z.strictObject({
  name: z.string().min(1),
  description: z.string(),
});
export const groupPoliciesBody = z
  .strictObject({
    windows_policy_guid: Guid.optional(),
    mac_policy_guid: Guid.optional(),
    linux_policy_guid: Guid.optional(),
    android_policy_guid: Guid.optional(),
  })
  .refine(
    (body) => Object.values(body).some((guid) => guid !== undefined),
    'must name at least one policy',
  );
export const groupParentBody = z.strictObject({ parent_group_guid: Guid.optional() });
export const streamBody = z.strictObject({
  name: z.string().min(1).optional(),
  event_type: z.array(EventTypeId).optional(),
  group_guid: Guids,
});
export const listFileBody = z.strictObject({ description: z.string().max(1_000).optional() });
