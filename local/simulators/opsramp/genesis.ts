/** The first state of OpsRamp: tenants with resources, alerts, patches and a little of the rest. */
import { minutes } from '../../../shared/kernel/duration.ts';
import { type Random, seededRandom } from '../../../shared/kernel/random.ts';
import { createLater } from '../frame/later.ts';
import { pick, randomUuid } from '../frame/sampling.ts';
import { type AlertState, openAlert } from './alert-record.ts';
import { BORN_AT_MS, createFleet } from './fleet.ts';
import { addPatches } from './patch-record.ts';
import { addComplianceJob, sampleShelves } from './sample-rows.ts';
import type { OpsRampSettings } from './settings.ts';
import { type Tenant, TICKET_KINDS, type TicketKind, type World } from './world.ts';

/** What is told of a tenant; its unique id tells the kind: `msp_` or `client_`. */
export interface TenantPlan {
  readonly name?: string;
  readonly uuid?: string;
  /** The partner that a client belongs to. */
  readonly partner?: string;
  /** `active` when absent; a deactivated one answers 410 to everything. */
  readonly state?: Tenant['state'];
}

export interface Genesis {
  readonly tenants: Readonly<Record<string, TenantPlan>>;
  /** Of each tenant. */
  readonly resources: number;
  readonly hostnames: readonly string[];
  readonly alerts: number;
  readonly seed: number;
  readonly settings: OpsRampSettings;
}

const FIRST_FREE_ID = 389_000;

export function createWorld(genesis: Genesis): World {
  let lastId = 0;
  let random: Random = seededRandom(genesis.seed);
  const tenants = new Map<string, Tenant>();
  const world: World = {
    tenants,
    later: createLater(),
    settings: genesis.settings,
    random: () => random(),
    nextId: () => ++lastId,
    nextUuid: () => randomUuid(random),
    notReady: new Map(),
    reset() {
      lastId = FIRST_FREE_ID;
      random = seededRandom(genesis.seed);
      tenants.clear();
      world.later.reset();
      world.notReady.clear();
      for (const [uniqueId, plan] of Object.entries(genesis.tenants)) {
        tenants.set(uniqueId, createTenant(world, genesis, uniqueId, plan));
      }
    },
  };
  world.reset();
  return world;
}

function createTenant(
  world: World,
  { resources, hostnames, alerts }: Genesis,
  uniqueId: string,
  plan: TenantPlan,
): Tenant {
  const number = Number(/\d+$/.exec(uniqueId)?.[0] ?? 0);
  const tenant: Tenant = {
    uniqueId,
    uuid: plan.uuid ?? world.nextUuid(),
    number,
    name: plan.name ?? `Tenant ${number}`,
    kind: uniqueId.startsWith('msp_') ? 'partner' : 'client',
    partner: plan.partner,
    state: plan.state ?? 'active',
    resources: new Map(),
    alerts: new Map(),
    alertEvents: new Map(),
    patches: new Map(),
    patchRecords: new Map(),
    maintenances: new Map(),
    jobs: new Map(),
    jobRuns: [],
    jobOutputs: [],
    processInstances: new Map(),
    tickets: emptyTickets(),
    metrics: new Map(),
    shelves: sampleShelves(),
  };
  const fleet = { resources, hostnames, random: world.random };
  for (const resource of createFleet(tenant, fleet)) {
    tenant.resources.set(resource.id, resource);
  }
  addPatches(tenant, world.random, BORN_AT_MS);
  addComplianceJob(tenant);
  addAlerts(world, tenant, alerts);
  return tenant;
}

const emptyTickets = (): Tenant['tickets'] =>
  Object.fromEntries(TICKET_KINDS.map((kind) => [kind, new Map()])) as Record<
    TicketKind,
    Map<string, Record<string, unknown>>
  >;

const STATES: readonly AlertState[] = ['Critical', 'Critical', 'Warning', 'Warning', 'Ok', 'Info'];
const SERVICES = ['system.cpu.usage', 'system.disk.usage', 'system.ping', 'agent.offline'];

/** The first one has repeated 250 times, once a minute: more than one page of occurrences. */
function addAlerts(world: World, tenant: Tenant, count: number): void {
  const resources = [...tenant.resources.values()];
  for (let index = 0; index < count; index++) {
    const state = pick(world.random, STATES);
    const atMs = BORN_AT_MS + minutes(index);
    const isAboutNothing = resources.length === 0 || world.random() < 0.1;
    const serviceName = pick(world.random, SERVICES);
    const record = openAlert(world, tenant, {
      subject: `${serviceName} is ${state}`,
      description: 'A threshold was crossed',
      state,
      serviceName,
      component: `component-${index}`,
      alertType: 'Monitoring',
      app: 'OPSRAMP',
      priority: pick(world.random, ['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'N/A']),
      resource: isAboutNothing ? undefined : pick(world.random, resources),
      atMs,
    });
    const repeats = index === 0 ? 250 : 1 + Math.floor(world.random() * 3);
    record.alert.repeatCount = String(repeats);
    for (let repeat = 0; repeat < repeats; repeat++) {
      record.occurrences.push({ atMs: atMs + minutes(repeat), state });
    }
  }
}
