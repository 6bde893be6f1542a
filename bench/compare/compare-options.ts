import { parseArgs } from 'node:util';
import { peerRows, SLUICE_ROW } from './real/real-rows.ts';
import { type ScenarioName, scenarioNames } from './scenarios.ts';
import { patterns } from './virtual/patterns.ts';

export interface CompareOptions {
  readonly rows: readonly string[];
  readonly scenarios: readonly ScenarioName[];
  readonly quick: boolean;
  readonly json: boolean;
  readonly write: boolean;
  readonly help: boolean;
}

export const virtualRowNames = ['sluice', ...patterns.map(({ row }) => row)];
export const realRowNames = [SLUICE_ROW, ...peerRows.map(({ row }) => row)];
const rowNames = [...virtualRowNames, ...realRowNames];

const QUICK: readonly ScenarioName[] = ['steady', 'edge', 'jitter-5'];

export const compareUsage = `npm run bench -- [options]

  --only ROW       one row; may be repeated
  --scenario NAME  one scenario; may be repeated
  --quick          ${QUICK.join(', ')} only, and backlogs up to 10,000
  --json           the run as JSON on stdout, talk on stderr
  --write          writes docs/benchmarks.md and its plots from this run; needs all of it
  --help           this text

rows in virtual time  ${virtualRowNames.join(', ')}
rows in real time     ${realRowNames.join(', ')}
scenarios             ${scenarioNames.join(', ')}

Installs the limiters it compares with into bench/peers, where they are absent. The rows over Redis
need redis-server in the PATH; without it they are marked absent. Takes 5 to 10 minutes.`;

/** Throws RangeError or TypeError naming the option. */
export function parseCompareOptions(args: readonly string[]): CompareOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true, default: [] },
      scenario: { type: 'string', multiple: true, default: [] },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const rows = values.only.map((name) => known('only', name, rowNames));
  const named = values.scenario.map((name) => known('scenario', name, scenarioNames));
  if (values.write && (values.quick || rows.length > 0 || named.length > 0)) {
    throw new RangeError('--write needs the whole run: leave out --only, --scenario and --quick');
  }
  const all = values.quick ? QUICK : scenarioNames;
  return {
    ...values,
    rows: rows.length > 0 ? rows : rowNames,
    scenarios: named.length > 0 ? named : all,
  };
}

function known<T extends string>(option: string, given: string, names: readonly T[]): T {
  const found = names.find((name) => name === given);
  if (found !== undefined) return found;
  throw new RangeError(`--${option} must be one of ${names.join(', ')}, not "${given}"`);
}
