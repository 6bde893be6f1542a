import type { ApiClient } from '../api-client.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { OptionName } from '../options.ts';
import type { Arguments } from '../parse-arguments.ts';
import type { Printer } from '../printer.ts';

/** What a command may use. */
export interface Context {
  readonly io: Io;
  readonly printer: Printer;
  /** `words` are the command's own: its name is taken off. */
  readonly args: Arguments;
  readonly commands: readonly Command[];
  /** Throws UsageError where the URL is wrong. */
  connect(): ApiClient;
}

export interface Command {
  readonly name: string;
  /** One sentence, without a full stop. */
  readonly about: string;
  /** Its command lines, without the program's name. */
  readonly usage: readonly string[];
  /** Its own, beside the global ones. */
  readonly options: readonly OptionName[];
  /** How many words may follow the name. */
  readonly words: { readonly min: number; readonly max: number };
  run(context: Context): Promise<ExitCode>;
}
