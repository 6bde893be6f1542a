/** `GET /servers`: its filters, and its rows. There is no filter by name; unknown ones are ignored. */

import { devicesOfPolicy } from './device-filters.ts';
import { errorTexts, refuse } from './errors.ts';
import { parseFlag, parseInteger } from './org-route.ts';
import type { Device, Org, Policy } from './world.ts';

/** What a listing adds to each row, or leaves out. */
export interface RowOptions {
  readonly details: boolean;
  readonly serverEvents: boolean;
  readonly nextPatchTime: boolean;
  readonly policyStatus: boolean;
}

export const FULL_ROW: RowOptions = {
  details: true,
  serverEvents: true,
  nextPatchTime: true,
  policyStatus: true,
};

/** Throws Refusal with 400 when a flag is not 0 or 1. */
export const parseRowOptions = (query: URLSearchParams): RowOptions => ({
  details: parseFlag(query, 'include_details') ?? false,
  serverEvents: parseFlag(query, 'include_server_events') ?? false,
  nextPatchTime: parseFlag(query, 'include_next_patch_time') ?? false,
  policyStatus: !(parseFlag(query, 'exclude_policy_status') ?? false),
});

/** The devices that the query selects, by id. Throws Refusal with 400. */
export function selectServers(org: Org, query: URLSearchParams): Device[] {
  const groupId = parseInteger(query, 'groupId');
  const policyId = parseInteger(query, 'policyId');
  const pending = parseFlag(query, 'pending');
  const exception = parseFlag(query, 'exception');
  const managed = parseFlag(query, 'managed');
  const patchStatus = query.get('patchStatus');
  if (patchStatus !== null && patchStatus !== 'missing') {
    refuse(errorTexts(400, 'patchStatus must be missing'));
  }
  return devicesFor(org, policyId).filter(
    (device) =>
      (groupId === undefined || device.server_group_id === groupId) &&
      (pending === undefined || device.pending === pending) &&
      (exception === undefined || device.exception === exception) &&
      (managed === undefined || device.is_managed === managed) &&
      (patchStatus === null || device.patches > 0),
  );
}

function devicesFor(org: Org, policyId: number | undefined): Device[] {
  if (policyId === undefined) return [...org.devices.values()];
  const policy = org.policies.get(policyId);
  return policy === undefined ? [] : devicesOfPolicy(org, policy);
}

export function serverRow(org: Org, device: Device, options: RowOptions): object {
  const { custom_name, name, compliant, connected, needs_reboot } = device;
  return {
    ...device,
    display_name: custom_name ?? name,
    deleted: false,
    status: { device_status: connected ? 'ready' : 'not-ready', agent_status: 'connected' },
    ...(needs_reboot ? { reboot_is_deferred_by_user: false } : {}),
    policy_status: options.policyStatus ? policyStatus(org, device) : [],
    detail: options.details ? detailOf(device) : {},
    ...(options.serverEvents ? { server_events: [] } : {}),
    ...(options.nextPatchTime ? { next_patch_time: compliant ? null : '2026-01-06 02:00:00' } : {}),
  };
}

const policyStatus = (org: Org, device: Device): object[] =>
  [...org.policies.values()]
    .filter((policy) => policy.server_groups.includes(device.server_group_id))
    .map((policy) => statusRow(device, policy));

/** 0 needs remediation, 1 is fine, 2 is pending; `result` is JSON in text. */
const statusRow = ({ id, pending, compliant }: Device, policy: Policy): object => ({
  id: policy.id * 7 + id,
  organization_id: policy.organization_id,
  policy_id: policy.id,
  policy_name: policy.name,
  policy_type_name: policy.policy_type_name,
  server_id: id,
  status: pending ? 2 : Number(compliant),
  result: '{}',
});

const detailOf = ({ os_family, serial_number, id }: Device): object => ({
  MODEL: os_family === 'Mac' ? 'MacBookPro18,3' : 'Latitude 7440',
  VENDOR: os_family === 'Mac' ? 'Apple Inc.' : 'Dell Inc.',
  SERIAL: serial_number,
  RAM: '17179869184',
  LAST_USER_LOGON: { USER: `user${id % 97}`, TIME: '2026-01-05T08:11:00Z' },
});
