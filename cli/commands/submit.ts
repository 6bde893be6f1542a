import {
  isJsonObject,
  type JsonObject,
  parseJson,
  stringifyJson,
} from '../../shared/kernel/json.ts';
import { exitCodes } from '../exit-codes.ts';
import { type Io, readStdin } from '../io.ts';
import type { OptionName } from '../options.ts';
import type { Arguments } from '../parse-arguments.ts';
import { UsageError } from '../usage-error.ts';
import { watchJob } from '../watch-job.ts';
import type { Command } from './command.ts';

/** Options that become fields of the job message as they are. */
const fieldOf = {
  account: 'account',
  key: 'idempotencyKey',
  priority: 'priority',
  tenant: 'tenant',
  'not-before': 'notBefore',
  deadline: 'deadline',
} as const satisfies Partial<Record<OptionName, string>>;

const fieldOptions = Object.keys(fieldOf) as readonly (keyof typeof fieldOf)[];

export const submit: Command = {
  name: 'submit',
  about: 'submit a job and print its id',
  usage: [
    "submit TYPE --account NAME --params '{…}' [--watch]",
    'submit --json-file FILE [--watch]',
    'submit - < FILE',
  ],
  options: ['json-file', 'params', ...fieldOptions, 'observe', 'watch'],
  words: { min: 0, max: 1 },
  async run(context) {
    const { args, io, printer } = context;
    const file = findFile(args);
    const job = file === undefined ? jobFromOptions(args) : await readJob(io, file);
    const submitted = await context.connect().submitJob(stringifyJson(job));
    if (printer.json) printer.document(submitted);
    else printer.data(submitted.id);
    if (submitted.duplicate) printer.talk('that key was used before: this is the first job');
    if (args.has('watch')) return watchJob(context, submitted.id);
    printer.talk(`${submitted.status}; follow it with: npx sluice watch ${submitted.id}`);
    return exitCodes.ok;
  },
};

/** The file that holds the whole job, if one is named; no other option may then describe it. */
function findFile(args: Arguments): string | undefined {
  const [word] = args.words;
  const file = args.find('json-file') ?? (word === '-' ? '-' : undefined);
  if (file === undefined) return undefined;
  if (word !== undefined && word !== '-') {
    throw new UsageError(`--json-file holds the whole job: leave out "${word}"`);
  }
  const other = [...fieldOptions, 'params' as const, 'observe' as const].find((name) =>
    args.has(name),
  );
  if (other === undefined) return file;
  throw new UsageError(`--${other} cannot stand beside a whole job: put it into the JSON`);
}

async function readJob(io: Io, file: string): Promise<JsonObject> {
  if (file === '-') return parseObject(await readStdin(io), 'stdin');
  try {
    return parseObject(await io.readFile(file), file);
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error)) throw error;
    throw new UsageError(`--json-file: cannot read it: ${error.message}`, { cause: error });
  }
}

function jobFromOptions(args: Arguments): JsonObject {
  const [type] = args.words;
  if (type === undefined) {
    throw new UsageError('submit needs a job type ("sluice job-types" lists them) or --json-file');
  }
  if (!args.has('account')) throw new UsageError('submit needs --account NAME');
  const params = args.find('params');
  const fields = fieldOptions.flatMap((name) => {
    const value = args.find(name);
    return value === undefined ? [] : [[fieldOf[name], value]];
  });
  return {
    type,
    ...(params === undefined ? {} : { params: parseObject(params, '--params') }),
    ...(args.has('observe') ? { mode: 'observe' } : {}),
    ...Object.fromEntries(fields),
  };
}

function parseObject(text: string, source: string): JsonObject {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable';
    throw new UsageError(`${source} is not JSON: ${reason}`, { cause: error });
  }
  if (isJsonObject(value)) return value;
  throw new UsageError(`${source} must be one JSON object`);
}
