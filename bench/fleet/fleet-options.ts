import { parseArgs } from 'node:util';
import { FLEET, type FleetSizes } from './fleet-jobs.ts';

export interface FleetOptions {
  readonly sizes: FleetSizes;
  readonly json: boolean;
  readonly help: boolean;
}

export const fleetUsage = `npm run bench:fleet -- [options]

  --devices N    Automox devices to list and to tag (default ${FLEET.devices})
  --alerts N     OpsRamp alerts to acknowledge (default ${FLEET.alerts})
  --computers N  AMP computers to isolate (default ${FLEET.computers})
  --json         the figures as JSON on stdout, talk on stderr
  --help         this text

Takes about 11 minutes as it is: the vendors' real limits, in real time.`;

/** Throws RangeError or TypeError naming the option. */
export function parseFleetOptions(args: readonly string[]): FleetOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      devices: { type: 'string', default: String(FLEET.devices) },
      alerts: { type: 'string', default: String(FLEET.alerts) },
      computers: { type: 'string', default: String(FLEET.computers) },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { json, help, ...sizes } = values;
  return {
    sizes: {
      devices: whole('devices', sizes.devices, 100_000),
      alerts: whole('alerts', sizes.alerts, 5_000),
      computers: whole('computers', sizes.computers, 5_000),
    },
    json,
    help,
  };
}

function whole(name: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new RangeError(`--${name} must be 1 to ${most}, not "${text}"`);
}
