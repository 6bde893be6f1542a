import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../peers', import.meta.url));

/** Installs the compared limiters where they are absent; answers why they could not be. */
export function ensurePeers(): string | undefined {
  if (existsSync(`${FOLDER}/node_modules/.package-lock.json`)) return undefined;
  console.error('installing the compared limiters into bench/peers, with npm ci …');
  const { status } = spawnSync('npm', ['ci'], { cwd: FOLDER, stdio: ['ignore', 2, 2] });
  return status === 0 ? undefined : 'npm ci failed in bench/peers';
}
