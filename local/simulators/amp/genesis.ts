/** The first state of the cloud: businesses with computers, groups, policies, lists and history. */
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import { seededRandom } from '../../../shared/kernel/random.ts';
import { createLater } from '../frame/later.ts';
import { randomUuid } from '../frame/sampling.ts';
import { addHistory } from './event-history.ts';
import { createFleet } from './fleet.ts';
import { sampleFileLists, sampleGroups, samplePolicies } from './sample-groups.ts';
import { sampleIndicators, sampleVulnerabilities } from './sample-threats.ts';
import type { AmpSettings } from './settings.ts';
import type { Business, World } from './world.ts';

export interface Genesis {
  readonly businessIds: readonly string[];
  /** Of each business. */
  readonly computers: number;
  readonly events: number;
  readonly hostnames: readonly string[];
  readonly seed: number;
  /** All dates of the first state lie before this instant, and close to it. */
  readonly bornAtMs: number;
  readonly settings: AmpSettings;
}

export function createWorld(genesis: Genesis): World {
  let lastNumber = 0;
  const businesses = new Map<string, Business>();
  const world: World = {
    businesses,
    later: createLater(),
    settings: genesis.settings,
    nextNumber: () => ++lastNumber,
    reset() {
      lastNumber = 0;
      businesses.clear();
      world.later.reset();
      for (const id of genesis.businessIds) businesses.set(id, createBusiness(world, genesis, id));
    },
  };
  world.reset();
  return world;
}

function createBusiness(world: World, genesis: Genesis, id: string): Business {
  const { seed, bornAtMs, events } = genesis;
  const random = seededRandom(seed + Number.parseInt(sha256Hex(id).slice(0, 8), 16));
  const nextGuid = (): string => randomUuid(random);
  const fileLists = sampleFileLists(nextGuid);
  const policies = samplePolicies(fileLists, nextGuid);
  const groups = sampleGroups(policies, nextGuid);
  const fleet = createFleet({ ...genesis, groups, random });
  const business: Business = {
    id,
    defaultGroupGuid: groups[0]?.guid ?? '',
    computers: byGuid(fleet),
    groups: byGuid(groups),
    policies: byGuid(policies),
    fileLists: byGuid(fileLists),
    indicators: byGuid(sampleIndicators(nextGuid)),
    vulnerabilities: sampleVulnerabilities(fleet, bornAtMs),
    streams: new Map(),
    events: [],
  };
  addHistory(world, business, { events, endsAtMs: bornAtMs, random });
  return business;
}

const byGuid = <T extends { readonly guid: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.guid, row]));
