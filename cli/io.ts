/** The world as a command sees it, so that tests need neither a process nor a network. */
import type { Writable } from 'node:stream';
import type { Clock } from '../shared/kernel/clock.ts';

export interface Io {
  /** Data only: what a script would read. */
  readonly stdout: Writable;
  /** Progress, hints and errors. */
  readonly stderr: Writable;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  /** Width of the terminal that stdout is; undefined where it is a file or a pipe. */
  readonly terminalColumns: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Aborts with Ctrl-C. */
  readonly interrupted: AbortSignal;
  fetch(input: Request): Promise<Response>;
  readFile(path: string): Promise<string>;
}

/** The person pressed Ctrl-C. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Sleeps on the clock. Throws Interrupted as soon as the person asks to stop. */
export async function pause({ clock, interrupted }: Io, durationMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const wake = (): void => resolve();
  interrupted.addEventListener('abort', wake, { once: true });
  clock.sleep(durationMs).then(wake);
  if (!interrupted.aborted) await promise;
  interrupted.removeEventListener('abort', wake);
  if (interrupted.aborted) throw new Interrupted('stopped');
}

export async function readStdin({ stdin }: Io): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
