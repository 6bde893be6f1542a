import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

/** Where Lambda unpacks a function's code; what deployed variables name. */
export const TASK_ROOT = '/var/task';

/** Lets `readFileSync` find the files of `folder` under `/var/task`, as they are named on AWS. */
export function mountTaskRoot(folder: string): void {
  const { readFileSync } = fs;
  const mounted = (file: unknown, ...rest: unknown[]): unknown => {
    const below = typeof file === 'string' && file.startsWith(`${TASK_ROOT}/`);
    const path = below ? join(folder, file.slice(TASK_ROOT.length)) : file;
    return Reflect.apply(readFileSync, fs, [path, ...rest]);
  };
  Object.defineProperty(fs, 'readFileSync', { value: mounted, configurable: true });
  syncBuiltinESMExports();
}
