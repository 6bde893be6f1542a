/** `npm start` as a process of its own, without npm: its own group, as a terminal would make it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface StartProcess {
  readonly pid: number;
  /** Resolves to all output so far once `text` is in it; rejects where the process ends before. */
  untilPrinted(text: string): Promise<string>;
  /** Ctrl-C: every process of the terminal's group is told. */
  interrupt(): void;
  /** The whole group at once, without a chance to tidy up. */
  killAll(): void;
  ended(): Promise<{ readonly code: number | null; readonly output: string }>;
}

const ENTRY = fileURLToPath(new URL('../../local/start.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export function startProcess(...args: readonly string[]): StartProcess {
  const child = spawn(process.execPath, [ENTRY, ...args], { cwd: ROOT, detached: true });
  const signalGroup = (signal: NodeJS.Signals): void => {
    if (child.pid !== undefined && isRunning(child)) process.kill(-child.pid, signal);
  };
  onTestFinished(() => signalGroup('SIGKILL'));
  let output = '';
  const printed = new EventTarget();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      printed.dispatchEvent(new Event('more'));
    });
  }
  const closed = once(child, 'close');
  void closed.then(() => printed.dispatchEvent(new Event('more')));
  return {
    pid: child.pid ?? 0,
    async untilPrinted(text) {
      while (!output.includes(text)) {
        if (!isRunning(child)) throw new Error(`it ended without "${text}": ${output}`);
        await once(printed, 'more');
      }
      return output;
    },
    interrupt: () => signalGroup('SIGINT'),
    killAll: () => signalGroup('SIGKILL'),
    async ended() {
      await closed;
      return { code: child.exitCode, output };
    },
  };
}

const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode === null && signalCode === null;
