import { parseArgs } from 'node:util';

export interface Range {
  readonly kind: 'range';
  readonly from: number;
  readonly count: number;
  /** Of the processes that share a range each plays every so manieth seed. */
  readonly step: number;
  readonly json: boolean;
}

export type SimulateOptions =
  | Range
  | { readonly kind: 'seed'; readonly seed: number }
  | { readonly kind: 'help' };

export const simulateUsage = `npm run simulate -- [options]

  --seed N      replay one seed and print all that happens in it
  --seeds N     how many seeds to play (default 1000)
  --from N      the first of them (default 1)
  --json        the figures as JSON on stdout; broken seeds on stderr
  --help        this text

Exit code 1 where a promise was broken: the seed and the shortest history that still
breaks it are printed.`;

/** Throws RangeError or TypeError naming the option. */
export function parseSimulateOptions(args: readonly string[]): SimulateOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string' },
      seeds: { type: 'string', default: '1000' },
      from: { type: 'string', default: '1' },
      step: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return { kind: 'help' };
  if (values.seed !== undefined) return { kind: 'seed', seed: whole('seed', values.seed, 0) };
  return {
    kind: 'range',
    from: whole('from', values.from, 0),
    count: whole('seeds', values.seeds, 1),
    step: whole('step', values.step, 1),
    json: values.json,
  };
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(`--${name} must be a whole number from ${least}, not "${text}"`);
}
