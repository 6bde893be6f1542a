import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SluiceError } from '../shared/errors/sluice-error.ts';

/**
 * One stack at a time keeps its data in a folder. Answers the function that gives the folder free.
 * The lock of a process that is gone is taken over. Throws `request.invalid` naming the holder.
 */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'lock');
  const holder = readHolder(file);
  if (holder !== undefined && isAlive(holder)) {
    throw new SluiceError(
      'request.invalid',
      `${dataDir} is used by a running stack (process ${holder}); stop it, or pass --data DIR`,
    );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function readHolder(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch {
    return false;
  }
}
