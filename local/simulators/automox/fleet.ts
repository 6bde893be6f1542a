/** A fleet of plausible devices: the same for the same seed, and quick to make by the ten thousand. */
import type { Random } from '../../../shared/kernel/random.ts';
import { pick, randomUuid } from '../frame/sampling.ts';
import { consoleDate, type Device, type OsFamily } from './world.ts';

export interface FleetPlan {
  readonly organizationId: number;
  readonly devices: number;
  /** Names of the first devices; the rest get made-up ones. */
  readonly hostnames: readonly string[];
  readonly firstId: number;
  readonly groupIds: readonly number[];
  readonly random: Random;
}

interface Platform {
  readonly family: OsFamily;
  readonly osName: string;
  readonly osVersion: string;
  readonly osVersionId: number;
  readonly prefix: string;
}

/** Listed as often as each is common. */
const PLATFORMS: readonly Platform[] = [
  platform('Windows', '11 Pro', '10.0.22631', 6312, 'WS'),
  platform('Windows', '11 Pro', '10.0.22631', 6312, 'LT'),
  platform('Windows', '10 Enterprise', '10.0.19045', 6101, 'WS'),
  platform('Windows', 'Server 2022 Datacenter', '10.0.20348', 6205, 'SRV'),
  platform('Mac', 'OS X', '14.6.1', 6410, 'MBP'),
  platform('Mac', 'OS X', '13.6.9', 6388, 'mac-mini'),
  platform('Linux', 'Ubuntu', '22.04', 5920, 'ip'),
  platform('Linux', 'Red Hat Enterprise Linux', '9.4', 5951, 'rhel'),
];

const TAGS = ['production', 'staging', 'finance', 'kiosk', 'vip', 'lab', 'émigré', 'exec team'];

/** Fixed, so that a fleet does not depend on the day. */
const FLEET_BORN_AT_MS = Date.UTC(2026, 0, 5, 8);
const DAY_MS = 86_400_000;

export function createFleet(plan: FleetPlan): Device[] {
  return Array.from({ length: plan.devices }, (_, index) => createDevice(plan, index));
}

function createDevice(
  { organizationId, hostnames, firstId, groupIds, random }: FleetPlan,
  index: number,
): Device {
  const chance = (share: number): boolean => random() < share;
  const { family, osName, osVersion, osVersionId, prefix } = pick(random, PLATFORMS);
  const compliant = chance(0.8);
  const connected = chance(0.85);
  const seenAtMs = FLEET_BORN_AT_MS + Math.floor(random() * 200 * DAY_MS);
  const host = hostnames[index] ?? `${prefix}-${String(index + 1).padStart(5, '0')}`;
  return {
    id: firstId + index,
    uuid: randomUuid(random),
    organization_id: organizationId,
    name: host,
    custom_name: chance(0.2) ? `Desk ${index + 1}` : null,
    server_group_id: pick(random, groupIds),
    os_family: family,
    os_name: osName,
    os_version: osVersion,
    os_version_id: osVersionId,
    ip_addrs: [`203.0.113.${1 + Math.floor(random() * 254)}`],
    ip_addrs_private: chance(0.1)
      ? []
      : [`10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`],
    serial_number: chance(0.1) ? null : `SN${(index * 7_919 + 100_003).toString(36).toUpperCase()}`,
    tags: TAGS.filter(() => chance(0.15)),
    connected,
    compliant,
    is_managed: chance(0.97),
    needs_reboot: chance(0.08),
    pending: chance(0.12),
    patches: compliant ? 0 : 1 + Math.floor(random() * 20),
    exception: chance(0.03),
    organizational_unit: family === 'Windows' && chance(0.7) ? 'OU=Workstations,DC=acme' : null,
    uptime: String(Math.floor(random() * 50_000)),
    create_time: consoleDate(FLEET_BORN_AT_MS),
    last_refresh_time: mixedDate(random, seenAtMs),
    last_disconnect_time: connected && chance(0.5) ? null : mixedDate(random, seenAtMs),
  };
}

/** The console spells dates in three ways, within one row. */
function mixedDate(random: Random, atMs: number): string {
  const iso = new Date(atMs).toISOString().slice(0, 19);
  return pick(random, [`${iso}+0000`, `${iso}Z`, iso.replace('T', ' ')]);
}

function platform(
  family: OsFamily,
  osName: string,
  osVersion: string,
  osVersionId: number,
  prefix: string,
): Platform {
  return { family, osName, osVersion, osVersionId, prefix };
}
