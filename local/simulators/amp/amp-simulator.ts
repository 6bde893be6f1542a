/**
 * Cisco AMP for Endpoints, API version 1, simulated: its hourly limit, envelope, paging, errors, 64-bit
 * ids, and what it accepts now and does later.
 *
 * Shares no code with the client under test, so that agreement of the two proves something. Unlike
 * the real API it answers 501 to an operation it does not know, unless `strict` is false.
 */
import { type Clock, systemClock } from '../../../shared/kernel/clock.ts';
import { createSimulator, type Simulator } from '../frame/simulator.ts';
import type { Vendor } from '../frame/vendor.ts';
import { type BusinessConsole, createBusinessConsole } from './business-console.ts';
import { ampControls } from './controls.ts';
import {
  type Caller,
  type Credential,
  type CredentialRing,
  createCredentialRing,
} from './credentials.ts';
import { createWorld } from './genesis.ts';
import { ampLimits } from './limits.ts';
import { ampRoutes } from './routes.ts';
import { type AmpSettings, defaultSettings } from './settings.ts';
import { ampTraffic } from './traffic.ts';
import type { Business } from './world.ts';

export interface AmpFleet {
  /** Of each business. */
  readonly computers: number;
  /** In its history. Default: 1,000. */
  readonly events?: number;
  /** Names of the first computers, such as those that another vendor knows too. */
  readonly hostnames?: readonly string[];
  readonly seed?: number;
}

export interface AmpSimulatorOptions {
  /** Default: the system's clock. */
  readonly clock?: Pick<Clock, 'nowMs'>;
  /** By client id. Default: client id `1234` with the key `atest`, for the business `acme`. */
  readonly credentials?: Readonly<Record<string, Credential>>;
  /** Default: 1,500 computers from seed 1. */
  readonly fleet?: AmpFleet;
  readonly settings?: Partial<AmpSettings>;
  /** Multiplies the hour of the limit, so that a test on real sockets need not wait. Default: 1. */
  readonly windowScale?: number;
  /** Whether an unknown operation is answered 501. Default: true. */
  readonly strict?: boolean;
}

export interface AmpSimulator extends Simulator {
  readonly credentials: Omit<CredentialRing, 'identify' | 'reset'>;
  /** Changes what is unknown of the vendor while the simulator runs. */
  configure(settings: Partial<AmpSettings>): void;
  /** A business as it is now, with all that became due done. Throws RangeError. */
  business(id: string): BusinessConsole;
}

/** Source: Cisco AMP for Endpoints API: Making Requests, the credential of its example. */
const DEFAULT_CREDENTIALS = { '1234': { apiKey: 'atest', business: 'acme' } };

export function createAmpSimulator(options: AmpSimulatorOptions = {}): AmpSimulator {
  const { clock = systemClock, credentials = DEFAULT_CREDENTIALS, strict = true } = options;
  const {
    computers,
    events = 1_000,
    hostnames = [],
    seed = 1,
  } = options.fleet ?? {
    computers: 1_500,
  };
  const settings = { ...defaultSettings, ...options.settings };
  const businessIds = [...new Set(Object.values(credentials).map(({ business }) => business))];
  const bornAtMs = clock.nowMs();
  const world = createWorld({
    businessIds,
    computers,
    events,
    hostnames,
    seed,
    bornAtMs,
    settings,
  });
  const ring = createCredentialRing(credentials);
  const consoleOf = (id: string): BusinessConsole => {
    world.later.runDue(clock.nowMs());
    const state = world.businesses.get(id);
    if (state === undefined) throw new RangeError(`no business ${id}`);
    return createBusinessConsole(world, state, () => clock.nowMs());
  };
  const vendor: Vendor<Caller> = {
    name: 'amp',
    basePath: '/v1',
    limits: ampLimits(settings, options.windowScale ?? 1),
    routes: ampRoutes(world),
    ...ampTraffic(ring, settings),
    advance: (nowMs) => world.later.runDue(nowMs),
    reset: () => {
      world.reset();
      ring.reset();
    },
    describe: () => [...world.businesses.values()].map(summary),
    controls: ampControls(ring, consoleOf),
  };
  return {
    ...createSimulator(vendor, { clock, strict }),
    credentials: ring,
    configure: (change) => Object.assign(settings, change),
    business: consoleOf,
  };
}

const summary = ({ id, computers, groups, policies, events, streams }: Business): object => ({
  id,
  computers: computers.size,
  isolated: computers
    .values()
    .filter(({ isolation }) => isolation.status === 'isolated')
    .toArray().length,
  groups: groups.size,
  policies: policies.size,
  events: events.length,
  streams: streams.size,
});
