import { parseArgs } from 'node:util';
import { scenarioNames } from './scenarios.ts';

export interface AwsTestOptions {
  /** Against the local stack, made from the synthesized template; nothing of AWS is touched. */
  readonly emulated: boolean;
  /** Public https URL of an Automox simulator, its base path included. */
  readonly vendorUrl?: string;
  /** The API key that the simulator takes, and the organization it has. */
  readonly vendorKey: string;
  readonly organizationId: number;
  readonly scenarios: readonly string[];
  readonly keep: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

export const awsTestUsage = `npm run test:aws -- [options]

  --emulated       run on this machine: the synthesized template on emulators, the built bundles
  --vendor-url URL public https URL of your Automox simulator, such as https://sim.example.com/api
  --vendor-key KEY the key that the simulator takes (default test-key)
  --org N          the organization that it has (default 9237)
  --scenarios A,B  only these of ${scenarioNames.join(', ')} (default all)
  --keep           leave the deployment in place
  --json           the report as JSON on stdout, talk on stderr
  --help           this text

Without --emulated it deploys a stack of its own into the account of your AWS credentials, runs, and
tears it down again, also where a scenario fails. It costs what a few minutes of its use cost.`;

/** Throws RangeError or TypeError naming the option. */
export function parseAwsTestOptions(args: readonly string[]): AwsTestOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      emulated: { type: 'boolean', default: false },
      'vendor-url': { type: 'string' },
      'vendor-key': { type: 'string', default: 'test-key' },
      org: { type: 'string', default: '9237' },
      scenarios: { type: 'string', default: scenarioNames.join(',') },
      keep: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { 'vendor-url': vendorUrl, 'vendor-key': vendorKey, org, scenarios, ...flags } = values;
  const organizationId = Number(org);
  if (!Number.isSafeInteger(organizationId) || organizationId < 1) {
    throw new RangeError(`--org must be a whole number, not "${org}"`);
  }
  if (!flags.help && !flags.emulated && !vendorUrl?.startsWith('https://')) {
    throw new RangeError('--vendor-url must be an https URL: AWS has to reach your simulator');
  }
  const chosen = scenarios.split(',');
  const unknown = chosen.filter((name) => !scenarioNames.includes(name));
  if (unknown.length > 0)
    throw new RangeError(`--scenarios: there is no "${unknown.join('", "')}"`);
  return {
    ...flags,
    ...(vendorUrl !== undefined && { vendorUrl }),
    vendorKey,
    organizationId,
    scenarios: chosen,
  };
}
