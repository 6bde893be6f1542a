import { parseArgs } from 'node:util';

export interface PaceOptions {
  readonly jobs: number;
  readonly tenants: number;
  readonly json: boolean;
  readonly help: boolean;
}

export const paceUsage = `npm run bench:pace -- [options]

  --jobs N     batch jobs queued at once (default 12)
  --tenants N  tenants that they belong to in turn; each tenant waits in a line of its own (default 1)
  --json       the figures as JSON on stdout, talk on stderr
  --help       this text

Takes a minute for each five calls: the vendor's real limit, in real time.`;

/** Throws RangeError or TypeError naming the option. */
export function parsePaceOptions(args: readonly string[]): PaceOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      jobs: { type: 'string', default: '12' },
      tenants: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return { ...values, jobs: whole('jobs', values.jobs), tenants: whole('tenants', values.tenants) };
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 100) return value;
  throw new RangeError(`--${name} must be 1 to 100, not "${text}"`);
}
