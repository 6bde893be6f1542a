/**
 * The body of a write to a server group, which replaces every field: what is not meant to change is
 * sent as it was read.
 *
 * source: 'Automox console API, OpenAPI description': POST and PUT /servergroups; update sources are
 * read as `wsus_config` and written as `enable_wsus` and `wsus_server`.
 */
import * as z from 'zod';
import { canonicalJson, isJsonObject, type JsonObject } from '../../../kernel/json.ts';
import { Id } from '../device-selection.ts';

/** source: 'Automox console API, OpenAPI description': 240 to 1440 minutes. */
const Interval = z.int().min(240).max(1_440);

export const GroupFields = z.strictObject({
  refreshIntervalMinutes: Interval.optional().describe('How often devices are read; new: 1440.'),
  color: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'must be a color such as "#059F1D"')
    .optional()
    .describe('In the console, such as #059F1D.'),
  notes: z.string().max(20_000).optional().describe('A text; it may be empty.'),
  osAutoUpdate: z.boolean().optional().describe('Leave the updates of the system switched on.'),
  wsus: z.boolean().optional().describe('Take Windows updates from a WSUS server.'),
  wsusServer: z.string().max(2_000).optional().describe('The URL of the WSUS server.'),
  policies: z.array(Id).optional().describe('Ids of all policies that apply to the group.'),
});
export type GroupFields = z.output<typeof GroupFields>;

const REFRESH_MINUTES_DEFAULT = 1_440;

export interface GroupPlace {
  readonly name: string;
  readonly parentId: number;
}

export const newGroup = ({ name, parentId }: GroupPlace, fields: GroupFields): JsonObject => ({
  name,
  parent_server_group_id: parentId,
  refresh_interval: REFRESH_MINUTES_DEFAULT,
  notes: '',
  policies: [],
  ...written(fields),
});

/** The body of the write, and which fields it changes. */
export function changedGroup(
  group: JsonObject,
  fields: GroupFields,
): { readonly body: JsonObject; readonly differences: readonly string[] } {
  const before = readBack(group);
  const wanted = written(fields);
  const differences = Object.keys(wanted).filter(
    (key) => comparable(wanted[key]) !== comparable(before[key]),
  );
  return { body: { ...before, ...wanted }, differences };
}

function written(fields: GroupFields): JsonObject {
  const named = {
    refresh_interval: fields.refreshIntervalMinutes,
    ui_color: fields.color,
    notes: fields.notes,
    enable_os_auto_update: fields.osAutoUpdate,
    enable_wsus: fields.wsus,
    wsus_server: fields.wsusServer,
    policies: fields.policies,
  };
  const given = Object.entries(named).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value]],
  );
  return Object.fromEntries(given) as JsonObject;
}

/** A group as it was read, as a write takes it. */
function readBack(group: JsonObject): JsonObject {
  const config = isJsonObject(group['wsus_config']) ? group['wsus_config'] : {};
  return {
    name: group['name'] ?? '',
    parent_server_group_id: group['parent_server_group_id'] ?? null,
    refresh_interval: group['refresh_interval'] ?? REFRESH_MINUTES_DEFAULT,
    ui_color: group['ui_color'] ?? null,
    notes: group['notes'] ?? '',
    enable_os_auto_update: group['enable_os_auto_update'] ?? null,
    enable_wsus: config['is_managed'] ?? null,
    wsus_server: config['server_url'] ?? null,
    policies: group['policies'] ?? [],
  };
}

/** The order of policies says nothing; null and "" are the same. */
const comparable = (value: unknown): string =>
  canonicalJson(Array.isArray(value) ? value.map(String).sort() : value === null ? '' : value);
