/** From `argv` to words and options. Throws UsageError naming the option that is wrong. */
import { parseArgs } from 'node:util';
import { isOptionName, type OptionName, optionNames, optionTable } from './options.ts';
import { didYouMean, UsageError } from './usage-error.ts';

export interface Arguments {
  /** What is not an option: the command's name and its own words. */
  readonly words: readonly string[];
  readonly given: readonly OptionName[];
  find(name: OptionName): string | undefined;
  has(name: OptionName): boolean;
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

/** Options may stand anywhere, also before the command. */
export function parseArguments(argv: readonly string[]): Arguments {
  // Not strict: its messages know neither the command nor what the person may have meant.
  const { positionals, tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(optionNames.map((name) => [name, parserOption(name)])),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const values = new Map<OptionName, string | undefined>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const [name, value] = checkOption(token);
    if (values.has(name)) throw new UsageError(`--${name} is given twice`);
    values.set(name, value);
  }
  return {
    words: positionals,
    given: [...values.keys()],
    find: (name) => values.get(name),
    has: (name) => values.has(name),
  };
}

function parserOption(name: OptionName) {
  const { value, short } = optionTable[name];
  const type = value === undefined ? ('boolean' as const) : ('string' as const);
  return short === undefined ? { type } : { type, short };
}

function checkOption({ name, rawName, value, inlineValue }: OptionToken) {
  if (!isOptionName(name)) {
    throw new UsageError(`unknown option ${rawName}.${didYouMean(name, optionNames, '--')}`);
  }
  const spec = optionTable[name];
  if (spec.value === undefined) {
    if (value !== undefined) throw new UsageError(`--${name} takes no value`);
    return [name, undefined] as const;
  }
  const nextOption = value?.startsWith('-') && value !== '-' && !inlineValue;
  if (value === undefined || value === '' || nextOption) {
    throw new UsageError(`--${name} needs a value: --${name} ${spec.value}`);
  }
  if (spec.choices && !spec.choices.includes(value)) {
    const known = `it is one of ${spec.choices.join(', ')}.`;
    const near = didYouMean(value, spec.choices);
    throw new UsageError(`--${name} cannot be "${value}": ${known}${near}`);
  }
  return [name, value] as const;
}
