import { parseArgs } from 'node:util';

export interface LimiterOptions {
  /** Of the sustained run, after it has got going. */
  readonly seconds: number;
  /** That make one call after the other in the sustained run. */
  readonly workers: number;
  readonly json: boolean;
  readonly help: boolean;
}

export const limiterUsage = `npm run bench:limiter -- [options]

  --seconds N  how long the sustained run is measured (default 20)
  --workers N  workers that share 100 calls a second in it (default 75)
  --json       the figures as JSON on stdout, talk on stderr
  --help       this text

Real processes and the emulated DynamoDB over HTTP, in real time: about three minutes.
Needs a machine with nothing else to do: a process that stands still misses its slots.
Exit code 1 where a target is missed.`;

/** Throws RangeError or TypeError naming the option. */
export function parseLimiterOptions(args: readonly string[]): LimiterOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string', default: '20' },
      workers: { type: 'string', default: '75' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return {
    ...values,
    seconds: whole('seconds', values.seconds, 600),
    workers: whole('workers', values.workers, 200),
  };
}

function whole(name: string, text: string, max: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw new RangeError(`--${name} must be 1 to ${max}, not "${text}"`);
}
