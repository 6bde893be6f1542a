/** The state of the simulated console, in the spelling of its own rows where rows are kept whole. */
import type { Later } from '../frame/later.ts';
import type { AutomoxSettings } from './settings.ts';

export type OsFamily = 'Windows' | 'Mac' | 'Linux';

export interface Device {
  readonly id: number;
  readonly uuid: string;
  readonly organization_id: number;
  name: string;
  custom_name: string | null;
  server_group_id: number;
  readonly os_family: OsFamily;
  readonly os_name: string;
  readonly os_version: string;
  readonly os_version_id: number;
  ip_addrs: readonly string[];
  readonly ip_addrs_private: readonly string[];
  readonly serial_number: string | null;
  tags: readonly string[];
  readonly connected: boolean;
  readonly compliant: boolean;
  readonly is_managed: boolean;
  readonly needs_reboot: boolean;
  readonly pending: boolean;
  /** How many patches are missing. */
  readonly patches: number;
  exception: boolean;
  readonly organizational_unit: string | null;
  readonly uptime: string;
  readonly create_time: string;
  readonly last_refresh_time: string;
  readonly last_disconnect_time: string | null;
}

export interface Group {
  readonly id: number;
  readonly organization_id: number;
  name: string;
  refresh_interval: number;
  parent_server_group_id: number;
  ui_color: string | null;
  notes: string | null;
  enable_os_auto_update: boolean | null;
  wsus_config: { is_managed: boolean; server_url: string | null };
}

export interface Policy {
  readonly id: number;
  readonly uuid: string;
  readonly organization_id: number;
  readonly create_time: string;
  readonly name: string;
  readonly policy_type_name: string;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly schedule_days: number;
  readonly schedule_weeks_of_month: number;
  readonly schedule_months: number;
  readonly schedule_time: string;
  readonly use_scheduled_timezone: boolean;
  readonly scheduled_timezone: string | null;
  readonly notes: string;
  /** The one place where the link between policies and groups is kept. */
  server_groups: readonly number[];
}

export interface Command {
  readonly id: number;
  readonly server_id: number;
  readonly command_id: number;
  readonly command_type_name: string;
  readonly args: string;
  readonly policy_id: number | null;
  readonly exec_time: string;
  response: string | null;
  response_time: string | null;
}

export interface ConsoleEvent {
  readonly id: number;
  readonly name: string;
  readonly user_id: number | null;
  readonly server_id: number | null;
  readonly policy_id: number | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly create_time: string;
}

export interface PolicyRun {
  readonly policy_id: number;
  readonly run_time: string;
  readonly execution_token: string;
  readonly device_count: number;
  pending: number;
  success: number;
  failed: number;
  readonly not_included: number;
  readonly remediation_not_applicable: number;
  readonly blocked: number;
}

interface Approval {
  readonly id: number;
  status: 'active' | 'approved' | 'rejected';
  manual_approval: boolean | null;
  readonly software: Readonly<Record<string, unknown>>;
  readonly policy: { readonly id: number; readonly name: string };
}

export interface Webhook {
  readonly id: string;
  name: string;
  url: string;
  eventTypes: readonly string[];
  enabled: boolean;
  /** Every one that was shown, oldest first; the last is the one that signs. */
  readonly secrets: string[];
  readonly deliveries: Record<string, unknown>[];
}

export interface Extract {
  readonly id: number;
  readonly type: string;
  readonly parameters: unknown;
  readonly createdAtMs: number;
}

export interface Org {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly accessKey: string;
  readonly defaultGroupId: number;
  readonly devices: Map<number, Device>;
  readonly groups: Map<number, Group>;
  readonly policies: Map<number, Policy>;
  readonly commands: Command[];
  readonly events: ConsoleEvent[];
  readonly runs: PolicyRun[];
  readonly approvals: Map<number, Approval>;
  readonly webhooks: Map<string, Webhook>;
  readonly extracts: Map<number, Extract>;
}

export interface World {
  readonly orgs: ReadonlyMap<number, Org>;
  readonly later: Later;
  readonly settings: AutomoxSettings;
  /** Ids count up and are never used again. */
  nextId(): number;
  /** Back to the first state. */
  reset(): void;
}

/** `2022-04-29T05:57:43+0000`, the spelling of most of the console's dates. */
export const consoleDate = (atMs: number): string =>
  `${new Date(atMs).toISOString().slice(0, 19)}+0000`;

export function recordEvent(
  world: World,
  org: Org,
  atMs: number,
  event: Partial<ConsoleEvent> & { readonly name: string },
): void {
  org.events.push({
    id: world.nextId(),
    user_id: null,
    server_id: null,
    policy_id: null,
    data: {},
    create_time: consoleDate(atMs),
    ...event,
  });
}
