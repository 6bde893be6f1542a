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
  if (holder !== undefined && isOtherAlive(holder)) {
    throw new SluiceError(
      'request.invalid',
      `${dataDir} is used by a running stack (process ${holder}); stop it, or pass --data DIR`,
    );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

/** All that a stack keeps in its folder, beside the lock. */
const KEPT = ['dynamodb', 's3', 'secrets', 'logs', 'sluice.config.json'] as const;

/** Forgets what former runs kept. Whatever else somebody has in the folder stays. */
export function emptyDataDir(dataDir: string): void {
  for (const name of KEPT) rmSync(join(dataDir, name), { recursive: true, force: true });
}

function readHolder(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** A process of somebody else's may not be signalled, and is alive. */
function isOtherAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
