import { errorFields, refuse } from './errors.ts';
import { type Body, isIntegers } from './org-route.ts';
import type { Group, Org } from './world.ts';

/** In minutes; older descriptions name 360 as the least. */
const REFRESH_MINUTES = { min: 240, max: 1_440 };

export type GroupFields = Omit<Group, 'id' | 'organization_id'> & {
  readonly policies: readonly number[];
};

/** A write replaces every field: what the body leaves out is empty afterwards. Throws Refusal. */
export function parseGroup(org: Org, body: Body, before?: Group): GroupFields {
  const { name, refresh_interval: interval, parent_server_group_id: parent } = body;
  const { ui_color = null, notes = '', policies = [] } = body;
  const rows: readonly [field: string, holds: boolean, text: string][] = [
    ['name', isName(name, before?.id === org.defaultGroupId), 'must be a string'],
    ['refresh_interval', isInterval(interval), 'must be 240 to 1440 minutes'],
    ['parent_server_group_id', org.groups.has(Number(parent)), 'must be the id of a group'],
    ['ui_color', isColor(ui_color), 'must be like #059F1D'],
    ['notes', notes === null || typeof notes === 'string', 'must be a string'],
    ['policies', isIntegers(policies), 'must be an array of integers'],
  ];
  const broken = rows.filter(([, holds]) => !holds);
  if (broken.length > 0) {
    refuse(errorFields(400, Object.fromEntries(broken.map(([field, , text]) => [field, [text]]))));
  }
  return {
    name: String(name),
    refresh_interval: Number(interval),
    parent_server_group_id: Number(parent),
    ui_color: ui_color === null ? null : String(ui_color),
    notes: notes === null ? null : String(notes),
    policies: isIntegers(policies) ? policies : [],
    ...parseUpdateSources(body, before),
  };
}

/** Read as `wsus_config`, written as `enable_wsus` and `wsus_server`; null keeps what was. */
function parseUpdateSources(
  { enable_os_auto_update, enable_wsus, wsus_server }: Body,
  before: Group | undefined,
): Pick<Group, 'enable_os_auto_update' | 'wsus_config'> {
  const { enable_os_auto_update: auto = null, wsus_config } = before ?? {};
  return {
    enable_os_auto_update:
      typeof enable_os_auto_update === 'boolean' ? enable_os_auto_update : auto,
    wsus_config: {
      is_managed:
        typeof enable_wsus === 'boolean' ? enable_wsus : (wsus_config?.is_managed ?? false),
      server_url: typeof wsus_server === 'string' ? wsus_server : (wsus_config?.server_url ?? null),
    },
  };
}

/** The other side of the link that policies keep as `server_groups`. */
export function linkPolicies(org: Org, groupId: number, policyIds: readonly number[]): void {
  for (const policy of org.policies.values()) {
    const others = policy.server_groups.filter((id) => id !== groupId);
    policy.server_groups = policyIds.includes(policy.id) ? [...others, groupId] : others;
  }
}

const isName = (name: unknown, isDefault: boolean): boolean =>
  typeof name === 'string' && (isDefault || name !== '');

const isInterval = (minutes: unknown): boolean =>
  Number.isSafeInteger(minutes) &&
  Number(minutes) >= REFRESH_MINUTES.min &&
  Number(minutes) <= REFRESH_MINUTES.max;

const isColor = (color: unknown): boolean =>
  color === null || (typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color));
