import { isJsonObject, type Json, stringifyJson } from '../../shared/kernel/json.ts';
import type { JobTypeView } from '../api-views.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Printer } from '../printer.ts';
import { alignColumns } from '../table.ts';
import { didYouMean, UsageError } from '../usage-error.ts';
import type { Command } from './command.ts';

export const jobTypes: Command = {
  name: 'job-types',
  about: 'list the job types, or show one with its parameters (--json: its JSON Schema)',
  usage: ['job-types', 'job-types TYPE'],
  options: [],
  words: { min: 0, max: 1 },
  async run({ args, connect, printer }) {
    const answer = await connect().listJobTypes();
    const [name] = args.words;
    const shown = name === undefined ? answer : requireType(answer.jobTypes, name);
    if (printer.json) printer.document(shown);
    else if ('jobTypes' in shown) printer.data(...describeTypes(shown.jobTypes, printer));
    else printer.data(...describeType(shown, printer));
    return exitCodes.ok;
  },
};

function requireType(types: readonly JobTypeView[], name: string): JobTypeView {
  const found = types.find(({ type }) => type === name);
  if (found) return found;
  const near = didYouMean(
    name,
    types.map(({ type }) => type),
  );
  throw new UsageError(`there is no job type "${name}".${near}`);
}

const describeTypes = (types: readonly JobTypeView[], { paint }: Printer): string[] =>
  alignColumns([
    ['TYPE', 'WHAT IT DOES'].map((head) => paint('dim', head)),
    ...types.map(({ type, description }) => [type, description]),
  ]);

function describeType(jobType: JobTypeView, { paint }: Printer): string[] {
  const { type, description, budget, schema, example } = jobType;
  const params = stringifyJson(example['params'] ?? {}).replaceAll("'", "'\\''");
  return [
    `${paint('bold', type)}  ${description}`,
    `  spends from ${budget} first`,
    '',
    paint('bold', 'params'),
    ...describeParams(property(property(schema, 'properties'), 'params')),
    '',
    paint('bold', 'example'),
    `  npx sluice submit ${type} --account ${String(example['account'])} --params '${params}'`,
  ];
}

/** Each parameter of a JSON Schema, or those of each variant where there are several. */
function describeParams(schema: Json | undefined): string[] {
  const variants = property(schema, 'oneOf') ?? property(schema, 'anyOf');
  if (Array.isArray(variants)) {
    return variants.flatMap((variant, index) => [
      ...(index === 0 ? [] : ['  or']),
      ...describeParams(variant),
    ]);
  }
  const properties = property(schema, 'properties');
  if (!isJsonObject(properties)) return ['  any object'];
  const required = property(schema, 'required');
  const rows = Object.entries(properties).map(([name, field]) => [
    name,
    Array.isArray(required) && required.includes(name) ? 'required' : 'optional',
    describeShape(field),
    String(property(field, 'description') ?? ''),
  ]);
  return rows.length === 0 ? ['  none'] : alignColumns(rows, '  ');
}

/** `"patch"`, `custom | patch`, `integer[]`, `object`: enough to read an example by. */
function describeShape(schema: Json | undefined): string {
  const constant = property(schema, 'const');
  if (constant !== undefined) return stringifyJson(constant);
  const choices = property(schema, 'enum');
  if (Array.isArray(choices)) return choices.join(' | ');
  const items = property(schema, 'items');
  if (items !== undefined) return `${describeShape(items)}[]`;
  const variants = property(schema, 'oneOf') ?? property(schema, 'anyOf');
  if (Array.isArray(variants)) return [...new Set(variants.map(describeShape))].join(' | ');
  return String(property(schema, 'type') ?? 'any');
}

const property = (value: Json | undefined, name: string): Json | undefined =>
  isJsonObject(value) ? value[name] : undefined;
