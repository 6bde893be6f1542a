/** Every option of every command: read by the parser, the checks and the help. */
import { jobStatuses } from '../shared/jobs/states.ts';

export interface OptionSpec {
  /** What stands for its value in the help; an option without is a switch. */
  readonly value?: string;
  readonly short?: string;
  readonly choices?: readonly string[];
  readonly about: string;
}

export const DEFAULT_URL = 'http://127.0.0.1:4570';

const table = {
  url: { value: 'URL', about: `the API (default: $SLUICE_URL, else ${DEFAULT_URL})` },
  json: { about: 'machine output: one JSON document; of watch, one a line' },
  aws: { about: 'sign requests with AWS credentials (implied by an execute-api URL)' },
  help: { short: 'h', about: 'show help' },
  version: { short: 'v', about: 'show the version' },
  'json-file': { value: 'FILE', about: 'the whole job as JSON; "-" reads stdin' },
  account: { value: 'NAME', about: 'an account of the config' },
  params: { value: 'JSON', about: 'the parameters of the job type' },
  key: { value: 'KEY', about: 'idempotency key: the same key never makes a second job' },
  priority: { value: 'P', choices: ['normal', 'urgent'], about: 'urgent takes the next permit' },
  tenant: { value: 'NAME', about: 'the unit of fairness inside an account' },
  'not-before': { value: 'INSTANT', about: 'do not start before, such as 2026-03-01T02:00:00Z' },
  deadline: { value: 'INSTANT', about: 'give up (expired) if not finished by then' },
  observe: { about: 'change nothing; record what would have been done' },
  watch: { about: 'stay until the job has ended; the exit code tells how' },
  status: { value: 'STATUS', choices: jobStatuses, about: 'only jobs of this status' },
  type: { value: 'TYPE', about: 'only jobs of this type' },
  limit: { value: 'N', about: 'jobs per page, 1 to 200 (default 50)' },
  cursor: { value: 'CURSOR', about: 'the page after a former one' },
  all: { about: 'every page' },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof table;

export const optionTable: Readonly<Record<OptionName, OptionSpec>> = table;
export const optionNames = Object.keys(table) as readonly OptionName[];
export const globalOptions = ['url', 'json', 'aws', 'help', 'version'] as const;

export const isOptionName = (name: string): name is OptionName => Object.hasOwn(table, name);
