/** How a policy is kept, and how it reads. */
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import { devicesOfPolicy } from './device-filters.ts';
import { type Body, isIntegers } from './org-route.ts';
import { consoleDate, type Org, type Policy } from './world.ts';

type Origin =
  | Pick<Policy, 'id' | 'uuid' | 'organization_id' | 'create_time'>
  | { readonly id: number; readonly organization_id: number; readonly nowMs: number };

/**
 * The policy that a checked body asks for. What the console computes is taken from nowhere else; the
 * configuration is kept whole, keys that nobody documented included, and replaces the one before.
 */
export function storedPolicy(origin: Origin, body: Body): Policy {
  const { server_groups, scheduled_timezone } = body;
  const number = (field: string): number => Number(body[field] ?? 0);
  return {
    ...identity(origin),
    name: String(body['name']),
    policy_type_name: String(body['policy_type_name']),
    configuration: body['configuration'] as Body,
    schedule_days: number('schedule_days'),
    schedule_weeks_of_month: number('schedule_weeks_of_month'),
    schedule_months: number('schedule_months'),
    schedule_time: String(body['schedule_time']),
    use_scheduled_timezone: body['use_scheduled_timezone'] === true,
    scheduled_timezone: typeof scheduled_timezone === 'string' ? scheduled_timezone : null,
    notes: String(body['notes']),
    server_groups: isIntegers(server_groups) ? server_groups : [],
  };
}

function identity(origin: Origin): Pick<Policy, 'id' | 'uuid' | 'organization_id' | 'create_time'> {
  const { id, organization_id } = origin;
  if ('uuid' in origin) {
    return { id, organization_id, uuid: origin.uuid, create_time: origin.create_time };
  }
  const hex = sha256Hex(`policy ${id}`);
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  return { id, organization_id, uuid, create_time: consoleDate(origin.nowMs) };
}

/** No group at all reads as null. */
export const policyRow = (org: Org, policy: Policy): object => ({
  ...policy,
  server_groups: policy.server_groups.length === 0 ? null : policy.server_groups,
  server_count: devicesOfPolicy(org, policy).length,
  status: policy.schedule_days === 0 ? 'inactive' : 'active',
  next_remediation: policy.schedule_days === 0 ? null : '2026-01-06T02:00:00+0000',
  policy_uuid: policy.uuid,
  account_id: null,
});
