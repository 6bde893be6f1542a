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
export const pause = (io: Io, durationMs: number): Promise<void> =>
  unlessInterrupted(io, io.clock.sleep(durationMs));

/** All of stdin. Throws Interrupted as soon as the person asks to stop, though more might come. */
export async function readStdin(io: Io): Promise<string> {
  const chunks: Buffer[] = [];
  const read = async (): Promise<void> => {
    for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk));
  };
  await unlessInterrupted(io, read());
  return Buffer.concat(chunks).toString('utf8');
}

async function unlessInterrupted({ interrupted }: Io, work: Promise<void>): Promise<void> {
  const { promise: stopped, resolve } = Promise.withResolvers<void>();
  const stop = (): void => resolve();
  interrupted.addEventListener('abort', stop, { once: true });
  if (interrupted.aborted) stop();
  try {
    await Promise.race([work, stopped]);
  } finally {
    interrupted.removeEventListener('abort', stop);
  }
  if (interrupted.aborted) throw new Interrupted('stopped');
}
