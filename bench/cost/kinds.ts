/** The kinds of jobs whose cost is measured: one call, many calls with a result in S3, a follow-up. */
import type { AmpSimulator } from '../../local/simulators/amp/amp-simulator.ts';
import type { AutomoxSimulator } from '../../local/simulators/automox/automox-simulator.ts';
import type { Account } from '../../shared/config/account.ts';
import type { Clock } from '../../shared/kernel/clock.ts';
import type { Json } from '../../shared/kernel/json.ts';
import {
  ampVendor,
  automoxVendor,
  ORG,
  type ScenarioVendor,
} from '../../test/support/scenario/scenario-vendor.ts';

/** How jobs arrive: each by itself, as 10,000 a month do, or all at once. */
export type Arrival = 'alone' | 'burst';

/** Jobs of a kind with the world that they act on. */
export interface JobKind {
  readonly name: KindName;
  readonly type: string;
  readonly about: string;
  /** How many jobs are measured: enough for an average, few enough for a simulation. */
  readonly jobs: Readonly<Record<Arrival, number>>;
  /** A vendor, and what tells the parameters of the nth job. */
  readonly vendorFor: (jobs: number) => PreparedVendor;
}

export type KindName = 'batch' | 'query' | 'isolation';

export interface PreparedVendor {
  readonly vendor: ScenarioVendor<AutomoxSimulator | AmpSimulator>;
  paramsOf(index: number): object;
}

const DEVICES_LISTED = 1_200;

export const kinds: readonly JobKind[] = [
  {
    name: 'batch',
    type: 'automox.servers.batch',
    about: 'one call: a tag for one device',
    jobs: { alone: 20, burst: 100 },
    vendorFor: () =>
      prepared(automoxVendor(), (simulator, index) => ({
        devices: [...simulator.org(ORG).devices.keys()].slice(0, 1),
        actions: [{ attribute: 'tags', action: 'apply', value: [`tag-${index}`] }],
      })),
  },
  {
    name: 'query',
    type: 'automox.servers.query',
    about: `${DEVICES_LISTED.toLocaleString('en-US')} devices in pages of 500, the result in S3`,
    jobs: { alone: 10, burst: 30 },
    vendorFor: () => prepared(automoxVendor(DEVICES_LISTED), () => ({})),
  },
  {
    name: 'isolation',
    type: 'amp.computer.isolate',
    about: 'one computer, followed until it is isolated',
    jobs: { alone: 20, burst: 100 },
    // Each job isolates another: one that is isolated is not asked again, and one that is away not yet.
    vendorFor: (jobs) =>
      prepared(ampVendor(2 * jobs), (simulator, index) => {
        const able = [...simulator.business('acme').state.computers.values()].filter(
          ({ online, active, isolation }) => online && active && isolation.available,
        );
        return {
          computers: able.slice(index, index + 1).map(({ guid }) => guid),
          comment: `Case ${index}`,
        };
      }),
  },
];

interface VendorParts<S> {
  readonly account: Account;
  readonly secret: Json;
  createSimulator(clock: Clock): S;
}

function prepared<S extends AutomoxSimulator | AmpSimulator>(
  parts: VendorParts<S>,
  paramsOf: (simulator: S, index: number) => object,
): PreparedVendor {
  let made: S | undefined;
  return {
    vendor: {
      ...parts,
      createSimulator(clock) {
        made = parts.createSimulator(clock);
        return made;
      },
    },
    paramsOf(index) {
      if (made === undefined) throw new RangeError('the vendor is not there yet');
      return paramsOf(made, index);
    },
  };
}

export function getKind(name: KindName): JobKind {
  const kind = kinds.find((it) => it.name === name);
  if (kind) return kind;
  throw new RangeError(name);
}
