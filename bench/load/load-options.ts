import { parseArgs } from 'node:util';

export interface LoadOptions {
  readonly burst: number;
  readonly queued: number;
  readonly hooks: number;
  readonly json: boolean;
  readonly help: boolean;
}

export const loadUsage = `npm run bench:load -- [options]

  --burst N   jobs posted at once, at a table that takes a hundredth of them in a second (default 1000)
  --queued N  jobs that wait in two lanes while memory and latency are watched (default 100000)
  --hooks N   webhooks that are sent while that backlog drains (default 700)
  --json      the figures as JSON on stdout, talk on stderr
  --help      this text

Filling the lanes ends after half an hour, wherever it then is. Below 50,000 jobs the memory
target is missed: the functions' heaps are still growing to their working size.`;

/** Throws RangeError or TypeError naming the option. */
export function parseLoadOptions(args: readonly string[]): LoadOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      burst: { type: 'string', default: '1000' },
      queued: { type: 'string', default: '100000' },
      hooks: { type: 'string', default: '700' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return {
    burst: whole('burst', values.burst, 10_000),
    queued: whole('queued', values.queued, 1_000_000),
    hooks: whole('hooks', values.hooks, 10_000),
    json: values.json,
    help: values.help,
  };
}

function whole(name: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 10 && value <= most) return value;
  throw new RangeError(`--${name} must be 10 to ${most}, not "${text}"`);
}
