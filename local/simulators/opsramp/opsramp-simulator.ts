/**
 * The OpsRamp REST API v2, simulated: tokens, limits by category, paging, errors and delayed effects.
 *
 * Shares no code with the client under test, so that agreement of the two proves something. The vendor
 * was never observed: bodies follow its documentation, and what that leaves open is a setting. Unlike
 * the vendor it answers 501 to an operation it does not know, unless `strict` is false.
 */
import { type Clock, systemClock } from '../../../shared/kernel/clock.ts';
import { createSimulator, type Simulator } from '../frame/simulator.ts';
import type { Vendor } from '../frame/vendor.ts';
import { withHeaders } from '../frame/wire.ts';
import { findRefusal, findSpender } from './access.ts';
import {
  type Caller,
  type CredentialGrant,
  type CredentialRing,
  createCredentialRing,
} from './credentials.ts';
import { errorOf, throttledError } from './errors.ts';
import { createWorld, type TenantPlan } from './genesis.ts';
import { opsRampLimits } from './limits.ts';
import { rateHeaders, retryAfterHeader } from './rate-headers.ts';
import { opsRampRoutes } from './routes.ts';
import { defaultSettings, type OpsRampSettings } from './settings.ts';
import { tenantControls } from './tenant-controls.ts';
import { tokenRoutes } from './token-routes.ts';
import type { Tenant } from './world.ts';

export interface OpsRampSimulatorOptions {
  /** Default: the system's clock. */
  readonly clock?: Pick<Clock, 'nowMs'>;
  /** By key. Default: `opsramp-key` with `opsramp-secret`, for `client_42`. */
  readonly credentials?: Readonly<Record<string, CredentialGrant>>;
  /** By unique id. Tenants that only a credential names exist too. */
  readonly tenants?: Readonly<Record<string, TenantPlan>>;
  /** Of each tenant. Default: 200 resources and 300 alerts from seed 1. */
  readonly fleet?: {
    readonly resources?: number;
    /** Host names of the first resources, such as those that another vendor knows too. */
    readonly hostnames?: readonly string[];
    readonly alerts?: number;
    readonly seed?: number;
  };
  readonly settings?: Partial<OpsRampSettings>;
  /** Multiplies every window and lock, so that a test on real sockets need not wait. Default: 1. */
  readonly windowScale?: number;
  /** Whether an unknown operation is answered 501. Default: true. */
  readonly strict?: boolean;
}

export interface OpsRampSimulator extends Simulator {
  readonly credentials: Omit<CredentialRing, 'identify' | 'issue' | 'reset'>;
  /** Changes what is unknown of the vendor while the simulator runs. */
  configure(settings: Partial<OpsRampSettings>): void;
  /** A tenant as it is now, with all that became due done. Throws RangeError. */
  tenant(uniqueId: string): Tenant;
}

const DEFAULT_CREDENTIALS = {
  'opsramp-key': { secret: 'opsramp-secret', tenants: ['client_42'] },
};

export function createOpsRampSimulator(options: OpsRampSimulatorOptions = {}): OpsRampSimulator {
  const { clock = systemClock, credentials = DEFAULT_CREDENTIALS, strict = true } = options;
  const { resources = 200, hostnames = [], alerts = 300, seed = 1 } = options.fleet ?? {};
  const settings = { ...defaultSettings, ...options.settings };
  const named = Object.values(credentials).flatMap((grant) => grant.tenants);
  const tenants = { ...Object.fromEntries(named.map((id) => [id, {}])), ...options.tenants };
  const world = createWorld({ tenants, resources, hostnames, alerts, seed, settings });
  const ring = createCredentialRing(credentials);
  const vendor: Vendor<Caller> = {
    name: 'opsramp',
    basePath: '',
    limits: opsRampLimits(
      (head, caller) => findSpender(world, head, caller),
      options.windowScale ?? 1,
    ),
    routes: [...tokenRoutes(ring, settings), ...opsRampRoutes(world)],
    identify: ring.identify,
    guard: (head, caller) => findRefusal(world, head, caller),
    errorOf,
    throttled: ({ verdict, nowMs }) =>
      withHeaders(throttledError(), settings.retryAfter ? retryAfterHeader(verdict, nowMs) : {}),
    headersOf: ({ verdict, nowMs }) => ({
      date: new Date(nowMs).toUTCString(),
      ...rateHeaders(verdict, settings.rateHeaders),
    }),
    advance: (nowMs) => world.later.runDue(nowMs),
    reset: () => {
      world.reset();
      ring.reset();
    },
    describe: () => [...world.tenants.values()].map(summary),
    controls: tenantControls(ring, world),
  };
  const simulator = createSimulator(vendor, { clock, strict });
  return {
    ...simulator,
    credentials: ring,
    configure: (change) => Object.assign(settings, change),
    tenant: (uniqueId) => {
      simulator.advance();
      const tenant = world.tenants.get(uniqueId);
      if (tenant === undefined) throw new RangeError(`no tenant ${uniqueId}`);
      return tenant;
    },
  };
}

const summary = (tenant: Tenant): object => ({
  uniqueId: tenant.uniqueId,
  state: tenant.state,
  resources: tenant.resources.size,
  alerts: tenant.alerts.size,
  maintenances: tenant.maintenances.size,
  jobs: tenant.jobs.size,
  jobRuns: tenant.jobRuns,
  processInstances: tenant.processInstances.size,
  tickets: Object.fromEntries(
    Object.entries(tenant.tickets).map(([kind, rows]) => [kind, rows.size]),
  ),
  shelves: Object.fromEntries(
    Object.entries(tenant.shelves).map(([shelf, rows]) => [shelf, rows.size]),
  ),
});
