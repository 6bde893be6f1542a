/** The first state of the console: organizations with groups, policies, devices and history. */
import { seededRandom } from '../../../shared/kernel/random.ts';
import { createLater } from '../frame/later.ts';
import { randomUuid } from '../frame/sampling.ts';
import { createFleet } from './fleet.ts';
import { samplePolicies } from './sample-policies.ts';
import type { AutomoxSettings } from './settings.ts';
import { type Group, type Org, recordEvent, type World } from './world.ts';

export interface Genesis {
  readonly orgIds: readonly number[];
  /** Devices of each organization. */
  readonly devices: number;
  readonly hostnames: readonly string[];
  readonly seed: number;
  readonly settings: AutomoxSettings;
}

/** The first group is the default one: it has no name and is its own parent. */
const GROUP_NAMES = ['', 'Workstations', 'Servers', 'Pilot ring', 'Executives'];

const GENESIS_AT_MS = Date.UTC(2026, 0, 5, 8);

/** Device ids of different organizations must not meet. */
const IDS_PER_ORG = 1_000_000;
const FIRST_FREE_ID = 900_000_000;

export function createWorld(genesis: Genesis): World {
  let lastId = 0;
  const orgs = new Map<number, Org>();
  const world: World = {
    orgs,
    later: createLater(),
    settings: genesis.settings,
    nextId: () => ++lastId,
    reset() {
      lastId = FIRST_FREE_ID;
      orgs.clear();
      world.later.reset();
      for (const [index, id] of genesis.orgIds.entries()) {
        orgs.set(id, createOrg(world, genesis, id, (index + 1) * IDS_PER_ORG));
      }
    },
  };
  world.reset();
  return world;
}

function createOrg(world: World, genesis: Genesis, id: number, firstId: number): Org {
  const { seed, devices, hostnames } = genesis;
  const random = seededRandom(seed + id);
  const groups = GROUP_NAMES.map((name, index) => createGroup(id, firstId, name, index));
  const groupIds = groups.map((group) => group.id);
  const policies = samplePolicies(id, firstId + 100, groupIds, () => randomUuid(random));
  const fleet = createFleet({
    organizationId: id,
    devices,
    hostnames,
    firstId: firstId + 1_000,
    groupIds,
    random,
  });
  const org: Org = {
    id,
    uuid: randomUuid(random),
    name: `Organization ${id}`,
    accessKey: randomUuid(random),
    defaultGroupId: firstId,
    devices: byId(fleet),
    groups: byId(groups),
    policies: byId(policies),
    commands: [],
    events: [],
    runs: [],
    approvals: new Map(),
    webhooks: new Map(),
    extracts: new Map(),
  };
  const [firstPolicy] = policies;
  if (firstPolicy !== undefined) addApprovals(org, firstPolicy);
  for (const device of fleet.slice(0, 50)) {
    recordEvent(world, org, GENESIS_AT_MS, { name: 'system.add', server_id: device.id });
  }
  return org;
}

const createGroup = (orgId: number, firstId: number, name: string, index: number): Group => ({
  id: firstId + index,
  organization_id: orgId,
  name,
  refresh_interval: 1_440,
  parent_server_group_id: firstId,
  ui_color: index === 0 ? null : '#059F1D',
  notes: index === 0 ? null : '',
  enable_os_auto_update: index === 0 ? null : false,
  wsus_config: { is_managed: false, server_url: null },
});

function addApprovals(org: Org, policy: { readonly id: number; readonly name: string }): void {
  for (let index = 1; index <= 7; index++) {
    const id = org.defaultGroupId + 500 + index;
    org.approvals.set(id, {
      id,
      status: 'active',
      manual_approval: null,
      software: { id: index, display_name: `Update ${index}`, version: `1.${index}`, cves: null },
      policy: { id: policy.id, name: policy.name },
    });
  }
}

const byId = <T extends { readonly id: number }>(rows: readonly T[]): Map<number, T> =>
  new Map(rows.map((row) => [row.id, row]));
