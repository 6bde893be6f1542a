import { readFile } from 'node:fs/promises';
import { systemClock } from '../shared/kernel/clock.ts';
import type { Io } from './io.ts';

const COLUMNS_DEFAULT = 80;

/**
 * The process's own streams. A reader of the data that goes away (`| head`) ends the process silently;
 * talk that nobody reads changes nothing.
 */
export function createProcessIo(): Io {
  const { stdout, stderr, stdin, env } = process;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const controller = new AbortController();
  // Once: a second Ctrl-C ends the process the hard way.
  process.once('SIGINT', () => controller.abort());
  return {
    stdout,
    stderr,
    stdin,
    terminalColumns: stdout.isTTY ? stdout.columns || COLUMNS_DEFAULT : undefined,
    env,
    clock: systemClock,
    interrupted: controller.signal,
    fetch: (input) => fetch(input),
    readFile: (path) => readFile(path, 'utf8'),
  };
}
