/** A fleet of plausible computers: the same for the same seed, and quick to make by the thousand. */
import { days } from '../../../shared/kernel/duration.ts';
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import type { Random } from '../../../shared/kernel/random.ts';
import { pick, randomUuid } from '../frame/sampling.ts';
import type { Computer, Group, Product } from './world.ts';

export interface FleetPlan {
  readonly computers: number;
  /** Names of the first computers; the rest get made-up ones. */
  readonly hostnames: readonly string[];
  readonly groups: readonly Group[];
  readonly bornAtMs: number;
  readonly random: Random;
}

interface Platform {
  readonly product: Product;
  readonly operatingSystem: string;
  readonly osVersion?: string;
  readonly connectorVersion: string;
  readonly prefix: string;
}

/** Listed as often as each is common. */
const PLATFORMS: readonly Platform[] = [
  platform('windows', 'Windows 11, SP 0.0', '8.4.2.30317', 'WS', '10.0.22631.3880'),
  platform('windows', 'Windows 10, SP 0.0', '8.4.2.30317', 'LT', '10.0.19045.4651'),
  platform('windows', 'Windows Server 2022, SP 0.0', '8.2.3.30119', 'SRV', '10.0.20348.2582'),
  platform('windows', 'Windows 7, SP 1.0', '7.5.3.20938', 'büro'),
  platform('mac', 'OSX 14.6.1', '1.24.2.1030', 'MBP'),
  platform('linux', 'linux red hat enterprise release 9.4', '1.24.1.1003', 'rhel'),
];

/** Stale records stay in the console for 90 days. */
const STALE_MS = days(90);

export function createFleet(plan: FleetPlan): Computer[] {
  return Array.from({ length: plan.computers }, (_, index) => createComputer(plan, index));
}

function createComputer(plan: FleetPlan, index: number): Computer {
  const { groups, random, hostnames, bornAtMs } = plan;
  const chance = (share: number): boolean => random() < share;
  const { prefix, ...software } = pick(random, PLATFORMS);
  const guid = randomUuid(random);
  const group = pick(random, groups);
  const online = chance(0.92);
  const lastSeenAtMs = bornAtMs - Math.floor(random() * (online ? days(1) : STALE_MS));
  const ip = `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
  return {
    guid,
    hostname: hostnames[index] ?? `${prefix}-${String(index + 1).padStart(5, '0')}`,
    ...software,
    internalIps: chance(0.1) ? [` ${ip}`, ' 192.168.56.1'] : [ip],
    externalIp: `203.0.113.${1 + (index % 254)}`,
    mac: `02:00:${[24, 16, 8, 0].map((bits) => hexByte(index >> bits)).join(':')}`,
    hardwareId: sha256Hex(`hardware ${guid}`).slice(0, 16),
    users: [`user${index % 97}`],
    installedAtMs: bornAtMs - days(200) + index * 1_000,
    active: chance(0.98),
    ...(chance(0.2) ? { compromised: chance(0.5) } : {}),
    ...(chance(0.03) ? { demo: true } : {}),
    ...(chance(0.03) ? {} : { lastSeenAtMs }),
    groupGuid: group.guid,
    policyGuid: group.policyGuids[software.product] ?? '',
    isolation: { available: chance(0.95), status: 'not_isolated' },
    online,
    deletable: true,
  };
}

const hexByte = (value: number): string => (value & 255).toString(16).padStart(2, '0');

function platform(
  product: Product,
  operatingSystem: string,
  connectorVersion: string,
  prefix: string,
  osVersion?: string,
): Platform {
  const version = osVersion === undefined ? {} : { osVersion };
  return { product, operatingSystem, connectorVersion, prefix, ...version };
}
