import { parseArgs } from 'node:util';
import { SluiceError } from '../shared/errors/sluice-error.ts';

export interface StartOptions {
  readonly port: number;
  readonly data: string;
  readonly config: string;
  readonly fresh: boolean;
  readonly bundles: boolean;
  readonly template?: string;
  readonly help: boolean;
}

export const startUsage = `npm start -- [options]

  --port N       port of the HTTP API; AWS and the simulators take those after it (default 4570, 0: any)
  --data DIR     where jobs, results and secrets are kept between runs (default .sluice/data)
  --fresh        begin with an empty data folder
  --bundles      run the functions as they are deployed: bundled, frozen and held to Lambda's limits
  --template FILE  make and run what this synthesized template says, from bundles
  --config FILE  a .ts, .mjs or .json config (default sluice.config.ts)
  --help         this text`;

/** Throws `request.invalid` naming the option. */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const values = parseOrThrow(args);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_533) {
    throw new SluiceError('request.invalid', `--port must be 0 to 65533, not "${values.port}"`);
  }
  return { ...values, port };
}

function parseOrThrow(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '4570' },
        data: { type: 'string', default: '.sluice/data' },
        config: { type: 'string', default: 'sluice.config.ts' },
        bundles: { type: 'boolean', default: false },
        template: { type: 'string' },
        fresh: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SluiceError('request.invalid', `${reason}\n\n${startUsage}`, { cause });
  }
}
