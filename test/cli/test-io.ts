import { PassThrough } from 'node:stream';
import type { Io } from '../../cli/io.ts';
import { runCli } from '../../cli/run-cli.ts';
import { createManualClock } from '../shared/http/manual-clock.ts';

/** 2026-03-01T02:01:00Z: a minute after the sample job was made. */
export const NOW_MS = Date.UTC(2026, 2, 1, 2, 1);

export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, on streams of its own and a clock that sleeps at once. */
export async function run(
  argv: readonly string[],
  fetch: Io['fetch'],
  changes: Partial<Io> = {},
): Promise<Ran> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const exitCode = await runCli(argv, {
    stdout,
    stderr,
    stdin: PassThrough.from([]),
    terminalColumns: undefined,
    env: {},
    clock: createManualClock(NOW_MS),
    interrupted: new AbortController().signal,
    fetch,
    readFile: async (path) => Promise.reject(new Error(`no such file: ${path}`)),
    ...changes,
  });
  return { exitCode, out: textOf(stdout), err: textOf(stderr) };
}

const textOf = (stream: PassThrough): string => stream.read()?.toString() ?? '';
