import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Ends `child` when this process ends, however it ends: a frozen process cannot notice by itself that
 * nobody will ever wake it.
 *
 * A shell waits for the end of its input, which comes when this process is gone.
 */
export function endWithHost(child: ChildProcess): void {
  const script = `trap '' INT TERM; read -r _; kill -KILL "$0"`;
  const watch = spawn('/bin/sh', ['-c', script, String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watch.on('error', () => undefined);
  child.once('exit', () => watch.kill('SIGKILL'));
}
