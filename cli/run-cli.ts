/** Runs one command line. Never throws: every failure becomes words on stderr and an exit code. */
import packageJson from '../package.json' with { type: 'json' };
import { createApiClient } from './api-client.ts';
import { allCommands } from './commands/all-commands.ts';
import type { Command } from './commands/command.ts';
import { findCommand } from './commands/help.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { helpOf, helpOverview } from './help-text.ts';
import type { Io } from './io.ts';
import { DEFAULT_URL, globalOptions } from './options.ts';
import { type Arguments, parseArguments } from './parse-arguments.ts';
import { createPrinter } from './printer.ts';
import { reportFailure } from './report-failure.ts';
import { createRequestSigner, isGatewayUrl, regionOf } from './request-signer.ts';
import { didYouMean, UsageError } from './usage-error.ts';

export async function runCli(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await runCommand(parseArguments(argv), io);
  } catch (error) {
    return reportFailure(error, createPrinter(io, argv.includes('--json')));
  }
}

async function runCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const printer = createPrinter(io, args.has('json'));
  const [name, ...words] = args.words;
  if (args.has('version')) {
    printer.data(packageJson.version);
    return exitCodes.ok;
  }
  if (name === undefined) {
    const overview = helpOverview(allCommands);
    if (args.has('help')) printer.data(...overview);
    else for (const line of overview) printer.talk(line);
    return args.has('help') ? exitCodes.ok : exitCodes.usage;
  }
  const command = findCommand(allCommands, name);
  if (args.has('help')) {
    printer.data(...helpOf(command));
    return exitCodes.ok;
  }
  checkArguments(command, args, words);
  return command.run({
    io,
    printer,
    args: { ...args, words },
    commands: allCommands,
    connect: () => connect(args, io),
  });
}

function checkArguments(command: Command, args: Arguments, words: readonly string[]): void {
  const known = [...globalOptions, ...command.options];
  for (const name of args.given) {
    if (known.includes(name)) continue;
    const near = didYouMean(name, known, '--');
    throw new UsageError(`"${command.name}" takes no --${name}.${near}`);
  }
  const { min, max } = command.words;
  const usage = command.usage.map((line) => `npx sluice ${line}`).join(', or ');
  if (words.length < min) throw new UsageError(`"${command.name}" needs more: ${usage}`);
  if (words.length > max) {
    throw new UsageError(`"${command.name}" cannot take "${words[max]}": ${usage}`);
  }
}

function connect(args: Arguments, io: Io) {
  const url = parseUrl(args.find('url') ?? (io.env['SLUICE_URL'] || DEFAULT_URL));
  const signs = args.has('aws') || isGatewayUrl(url);
  const { clock } = io;
  return createApiClient({
    io,
    url,
    sign: signs ? createRequestSigner({ region: regionOf(url, io.env), clock }) : undefined,
  });
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new UsageError(`--url (or SLUICE_URL) must be an http or https URL, not "${text}"`);
}
