/** Resources, alerts and patches to begin with: the same for the same seed. */
import type { Random } from '../../../shared/kernel/random.ts';
import { pick, randomUuid } from '../frame/sampling.ts';
import { zonedDate } from './dates.ts';
import type { Resource, Tenant } from './world.ts';

interface Platform {
  readonly os: string;
  readonly resourceType: string;
  readonly deviceType: string;
  readonly prefix: string;
}

/** Listed as often as each is common. */
const PLATFORMS: readonly Platform[] = [
  platform('Windows Server 2022 Datacenter', 'Windows', 'Server', 'win'),
  platform('Windows Server 2019 Standard', 'Windows', 'Server', 'win'),
  platform('Red Hat Enterprise Linux 9.4', 'Linux', 'Server', 'rhel'),
  platform('Ubuntu 22.04.4 LTS', 'Linux', 'Server', 'ubu'),
  platform('Cisco IOS 15.2', 'Switch', 'Network Device', 'sw'),
];

/** Fixed, so that a fleet does not depend on the day. */
export const BORN_AT_MS = Date.UTC(2026, 0, 5, 8);

export interface ResourcePlan {
  readonly id: string;
  readonly host: string;
  readonly bornDate: string;
  readonly platform?: Platform;
  readonly index?: number;
}

export interface FleetPlan {
  readonly resources: number;
  /** Host names of the first resources; the rest get made-up ones. */
  readonly hostnames: readonly string[];
  readonly random: Random;
}

export function createFleet(tenant: Tenant, plan: FleetPlan): Resource[] {
  const { resources, hostnames, random } = plan;
  return Array.from({ length: resources }, (_, index) => {
    const chosen = pick(random, PLATFORMS);
    const host = hostnames[index] ?? `${chosen.prefix}-${String(index + 1).padStart(5, '0')}`;
    const bornDate = zonedDate(BORN_AT_MS + index * 1_000);
    const known = { id: randomUuid(random), host, bornDate, platform: chosen, index };
    const bare = createResource(tenant, known);
    return {
      ...bare,
      aliasName: random() < 0.2 ? `Rack ${index + 1}` : '',
      state: pick(random, ['active', 'active', 'active', 'active', 'inactive', 'discovered']),
      tags: random() < 0.3 ? [{ name: 'environment', value: 'production' }] : [],
    };
  });
}

/** Absent texts are empty, as in the vendor's own examples. */
export function createResource(tenant: Tenant, plan: ResourcePlan): Resource {
  const { id, host, bornDate, platform: known, index } = plan;
  const octets = index === undefined ? '' : `10.${(index >> 16) & 255}.${(index >> 8) & 255}`;
  return {
    id,
    hostName: host,
    resourceName: host,
    aliasName: '',
    name: host,
    ipAddress: index === undefined ? '' : `${octets}.${index & 255}`,
    dnsName: known === undefined ? '' : `${host}.acme.example`,
    macAddress: index === undefined ? '' : macOf(index),
    serialNumber: index === undefined ? '' : `SN${100_003 + index * 7_919}`,
    type: 'DEVICE',
    deviceType: known?.deviceType ?? '',
    resourceType: known?.resourceType ?? 'Other',
    state: 'active',
    osName: known?.os ?? '',
    agentInstalled: known?.deviceType === 'Server',
    description: '',
    extResourceId: '',
    client: { id: tenant.number, uniqueId: tenant.uniqueId, name: tenant.name },
    tags: [],
    location: {},
    createdDate: bornDate,
    updatedDate: bornDate,
  };
}

const macOf = (index: number): string => {
  const hex = (0x02_00_00_00_00_00 + index).toString(16).padStart(12, '0');
  return (hex.match(/../g) ?? []).join(':');
};

function platform(os: string, resourceType: string, deviceType: string, prefix: string): Platform {
  return { os, resourceType, deviceType, prefix };
}
