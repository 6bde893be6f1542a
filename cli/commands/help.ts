import { exitCodes } from '../exit-codes.ts';
import { helpOf, helpOverview } from '../help-text.ts';
import { didYouMean, UsageError } from '../usage-error.ts';
import type { Command } from './command.ts';

export const help: Command = {
  name: 'help',
  about: 'show this, or one command',
  usage: ['help', 'help COMMAND'],
  options: [],
  words: { min: 0, max: 1 },
  async run({ args, commands, printer }) {
    const [name] = args.words;
    printer.data(
      ...(name === undefined ? helpOverview(commands) : helpOf(findCommand(commands, name))),
    );
    return exitCodes.ok;
  },
};

/** Throws UsageError with the nearest name. */
export function findCommand(commands: readonly Command[], name: string): Command {
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  const near = didYouMean(
    name,
    commands.map((command) => command.name),
    'sluice ',
  );
  throw new UsageError(`there is no command "${name}".${near}`);
}
