/** Which devices a policy reaches: the devices of its groups, narrowed by its device filters. */
import { type Body, isTexts } from './org-route.ts';
import type { Device, Org, Policy } from './world.ts';

export interface DeviceFilter {
  readonly field: string;
  readonly op: string;
  readonly value: readonly string[];
}

type ValuesOf = (device: Device) => readonly (string | null)[];

const FIELDS: Readonly<Record<string, ValuesOf>> = {
  tag: ({ tags }) => tags,
  hostname: ({ name }) => [name],
  ip_addr: ({ ip_addrs, ip_addrs_private }) => [...ip_addrs, ...ip_addrs_private],
  os_family: ({ os_family }) => [os_family],
  os_version_id: ({ os_version_id }) => [String(os_version_id)],
  organizational_unit: ({ organizational_unit }) => [organizational_unit],
  serial_number: ({ serial_number }) => [serial_number],
};

const OPERATIONS = ['in', 'not_in', 'like_any', 'not_like_any'];

/** Undefined when any row is not a filter: `{type,tag_name}`, as older examples show, is not. */
export function findDeviceFilters(rows: unknown): readonly DeviceFilter[] | undefined {
  if (!Array.isArray(rows)) return undefined;
  return rows.every(isDeviceFilter) ? rows : undefined;
}

export const matchesEvery = (device: Device, filters: readonly DeviceFilter[]): boolean =>
  filters.every((filter) => matches(device, filter));

export function devicesOfPolicy(org: Org, policy: Policy): Device[] {
  const { device_filters_enabled: enabled, device_filters: rows } = policy.configuration as Body;
  const filters = enabled === true ? (findDeviceFilters(rows) ?? []) : [];
  const groups = new Set(policy.server_groups);
  return [...org.devices.values()].filter(
    (device) => groups.has(device.server_group_id) && matchesEvery(device, filters),
  );
}

function isDeviceFilter(row: unknown): row is DeviceFilter {
  if (typeof row !== 'object' || row === null) return false;
  const { field, op, value } = row as Body;
  return (
    typeof field === 'string' &&
    Object.hasOwn(FIELDS, field) &&
    OPERATIONS.some((operation) => operation === op) &&
    isTexts(value) &&
    value.length > 0
  );
}

function matches(device: Device, { field, op, value }: DeviceFilter): boolean {
  const present = (FIELDS[field]?.(device) ?? []).filter((text) => text !== null);
  const hit = op.endsWith('like_any')
    ? present.some((text) => value.some((wanted) => isLike(text, wanted)))
    : present.some((text) => value.includes(text));
  return op.startsWith('not_') ? !hit : hit;
}

/** Anywhere in the text and in any case; `*` and `%` stand for anything. */
function isLike(text: string, wanted: string): boolean {
  const parts = wanted
    .toLowerCase()
    .split(/[*%]+/)
    .filter((part) => part !== '');
  let from = 0;
  for (const part of parts) {
    const at = text.toLowerCase().indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}
