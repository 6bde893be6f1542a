import { spawnSync } from 'node:child_process';

/** As `ps` writes it: `T` for a process that is stopped; empty for one that is gone. */
export const processState = (pid: number): string =>
  spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
