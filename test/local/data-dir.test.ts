import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { emptyDataDir, lockDataDir } from '../../local/data-dir.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sluice-data-'));
});

afterEach(() => rmSync(dataDir, { recursive: true }));

const lockFile = () => join(dataDir, 'lock');

function startIdleProcess() {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
  onTestFinished(() => void child.kill());
  return child;
}

describe('the lock of a data folder', () => {
  it('makes the folder, names the holder, and is gone when given free', () => {
    const folder = join(dataDir, 'deep', 'folder');
    const unlock = lockDataDir(folder);
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(String(process.pid));
    unlock();
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });

  it('refuses a folder that a running process holds, naming both', () => {
    const { pid } = startIdleProcess();
    writeFileSync(lockFile(), String(pid));
    expect(() => lockDataDir(dataDir)).toThrow(
      `${dataDir} is used by a running stack (process ${pid})`,
    );
  });

  it('takes over the lock of a process that is gone', async () => {
    const child = startIdleProcess();
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    writeFileSync(lockFile(), String(child.pid));
    lockDataDir(dataDir)();
    expect(existsSync(lockFile())).toBe(false);
  });

  it.each(['', 'no number', '-1', '0'])('takes over a lock that names nobody: "%s"', (text) => {
    writeFileSync(lockFile(), text);
    lockDataDir(dataDir)();
    expect(existsSync(lockFile())).toBe(false);
  });
});

describe('emptying a data folder', () => {
  it('forgets what a stack kept, and leaves what is not the stack’s', () => {
    for (const name of ['dynamodb', 's3', 'secrets', 'logs', 'photos']) {
      mkdirSync(join(dataDir, name));
    }
    writeFileSync(join(dataDir, 'sluice.config.json'), '{}');
    writeFileSync(join(dataDir, 'letter.txt'), 'dear');
    emptyDataDir(dataDir);
    const left = [
      'dynamodb',
      's3',
      'secrets',
      'logs',
      'sluice.config.json',
      'photos',
      'letter.txt',
    ];
    expect(left.filter((name) => existsSync(join(dataDir, name)))).toEqual([
      'photos',
      'letter.txt',
    ]);
  });
});
