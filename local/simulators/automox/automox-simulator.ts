/**
 * The Automox console API, simulated: its limits, paging, errors, policy rules and delayed effects.
 *
 * Shares no code with the client under test, so that agreement of the two proves something. Unlike
 * the real console it answers 501 to an operation it does not know, unless `strict` is false.
 */
import { type Clock, systemClock } from '../../../shared/kernel/clock.ts';
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import { createSimulator, type Simulator } from '../frame/simulator.ts';
import type { Vendor } from '../frame/vendor.ts';
import { withHeaders } from '../frame/wire.ts';
import { type Caller, createKeyRing, type KeyGrant, type KeyRing } from './accounts.ts';
import { errorTexts } from './errors.ts';
import { createWorld } from './genesis.ts';
import { keyControls } from './key-controls.ts';
import { scaledLimits } from './limits.ts';
import { rateHeaders, retryAfterHeader } from './rate-headers.ts';
import { automoxRoutes } from './routes.ts';
import { type AutomoxSettings, defaultSettings } from './settings.ts';
import type { Org } from './world.ts';

export interface AutomoxSimulatorOptions {
  /** Default: the system's clock. */
  readonly clock?: Pick<Clock, 'nowMs'>;
  /** What each API key opens. Default: `automox-key`, for organization 9237 of account `acme`. */
  readonly keys?: Readonly<Record<string, KeyGrant>>;
  /** Devices of each organization, and the seed they grow from. Default: 1,500 from seed 1. */
  readonly fleet?: {
    readonly devices: number;
    /** Names of the first devices, such as those that another vendor knows too. */
    readonly hostnames?: readonly string[];
    readonly seed?: number;
  };
  readonly settings?: Partial<AutomoxSettings>;
  /** Multiplies every window and lock, so that a test on real sockets need not wait. Default: 1. */
  readonly windowScale?: number;
  /** Whether an unknown operation is answered 501. Default: true. */
  readonly strict?: boolean;
}

export interface AutomoxSimulator extends Simulator {
  readonly keys: Omit<KeyRing, 'identify' | 'reset'>;
  /** Changes what is unknown of the vendor while the simulator runs. */
  configure(settings: Partial<AutomoxSettings>): void;
  /** An organization as it is now, with all that became due done. Throws RangeError. */
  org(id: number): Org;
}

const DEFAULT_KEYS = { 'automox-key': { accountId: 'acme', orgs: [9237] } };

export function createAutomoxSimulator(options: AutomoxSimulatorOptions = {}): AutomoxSimulator {
  const { clock = systemClock, keys = DEFAULT_KEYS, strict = true } = options;
  const fleet = options.fleet ?? { devices: 1_500 };
  const settings = { ...defaultSettings, ...options.settings };
  const orgIds = [...new Set(Object.values(keys).flatMap(({ orgs }) => orgs))];
  const { devices, hostnames = [], seed = 1 } = fleet;
  const world = createWorld({ orgIds, devices, hostnames, seed, settings });
  const ring = createKeyRing(keys);
  const vendor: Vendor<Caller> = {
    name: 'automox',
    basePath: '/api',
    limits: scaledLimits(options.windowScale ?? 1),
    routes: automoxRoutes(world),
    ...traffic(ring, settings),
    advance: (nowMs) => world.later.runDue(nowMs),
    reset: () => {
      world.reset();
      ring.reset();
    },
    describe: () => [...world.orgs.values()].map(summary),
    controls: keyControls(ring),
  };
  const simulator = createSimulator(vendor, { clock, strict });
  return {
    ...simulator,
    keys: ring,
    configure: (change) => Object.assign(settings, change),
    org: (id) => {
      simulator.advance();
      const org = world.orgs.get(id);
      if (org === undefined) throw new RangeError(`no organization ${id}`);
      return org;
    },
  };
}

/** How the console treats any request, whatever its route. */
function traffic(
  ring: KeyRing,
  settings: AutomoxSettings,
): Pick<Vendor<Caller>, 'identify' | 'guard' | 'errorOf' | 'throttled' | 'headersOf'> {
  let requests = 0;
  return {
    identify: ring.identify,
    guard: (_head, caller) => (caller.accountId === undefined ? errorTexts(401) : undefined),
    errorOf: (status) => errorTexts(status),
    throttled: ({ verdict, nowMs }) => {
      const wait = settings.retryAfter ? retryAfterHeader(verdict, nowMs) : {};
      return withHeaders(errorTexts(429), wait);
    },
    headersOf: ({ verdict, nowMs }) => ({
      date: new Date(nowMs).toUTCString(),
      'x-request-id': sha256Hex(`request ${++requests}`).slice(0, 32),
      ...rateHeaders(verdict, nowMs),
    }),
  };
}

const summary = ({ id, uuid, devices, groups, policies, commands, runs, events }: Org): object => ({
  id,
  uuid,
  devices: devices.size,
  groups: groups.size,
  policies: [...policies.values()].map((policy) => policy.name),
  commands: commands.length,
  runs: runs.length,
  events: events.length,
});
