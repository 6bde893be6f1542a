import type { Command } from './commands/command.ts';
import { exitCodeMeanings } from './exit-codes.ts';
import { globalOptions, type OptionName, optionTable } from './options.ts';
import { alignColumns } from './table.ts';

export const helpOverview = (commands: readonly Command[]): string[] => [
  'sluice: submit endpoint-management jobs and follow them',
  '',
  'usage: npx sluice COMMAND [options]      (or: npm exec sluice -- COMMAND [options])',
  '',
  'commands:',
  ...alignColumns(
    commands.map(({ name, about }) => [name, about]),
    '  ',
  ),
  '',
  'options of every command:',
  ...describeOptions(globalOptions),
  '',
  'exit codes:',
  ...alignColumns(
    exitCodeMeanings.map(([code, meaning]) => [String(code), meaning]),
    '  ',
  ),
  '',
  'Data is written to stdout, everything else to stderr. "npx sluice help COMMAND" tells more.',
];

export const helpOf = ({ about, usage, options }: Command): string[] => [
  about,
  '',
  ...usage.map((line, index) => `${index === 0 ? 'usage: ' : '       '}npx sluice ${line}`),
  ...(options.length === 0 ? [] : ['', 'options:', ...describeOptions(options)]),
  '',
  'options of every command:',
  ...describeOptions(globalOptions),
];

const describeOptions = (names: readonly OptionName[]): string[] =>
  alignColumns(
    names.map((name) => {
      const { value, short, about, choices } = optionTable[name];
      const spelled = [...(short === undefined ? [] : [`-${short}`]), `--${name}`].join(', ');
      const known = choices === undefined ? '' : `: ${choices.join(', ')}`;
      return [value === undefined ? spelled : `${spelled} ${value}`, `${about}${known}`];
    }),
    '  ',
  );
