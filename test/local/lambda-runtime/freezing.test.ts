import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openPool } from '../function-host/open-pool.ts';
import { processState } from './process-state.ts';

const untilStopped = (pid: number) =>
  vi.waitFor(() => expect(processState(pid)).toMatch(/^T/), { timeout: 5_000 });

describe('a bundled function between invocations', () => {
  it('is frozen from the moment it is loaded, and goes on where it was', async () => {
    const pool = openPool({ host: 'bundle', fixture: 'bounded' });
    await pool.warm();
    const [pid = 0] = pool.pids();
    await untilStopped(pid);
    await pool.invoke({ action: 'tick' });
    await untilStopped(pid);
    await vi.waitUntil(async () => Number(await pool.invoke({ action: 'ticks' })) > 0);
    expect(pool.pids()).toEqual([pid]);
  });

  it('ends although it is frozen when its pool is closed', async () => {
    const pool = openPool({ host: 'bundle', fixture: 'bounded' });
    await pool.warm();
    const [pid = 0] = pool.pids();
    await untilStopped(pid);
    await pool.close();
    await vi.waitFor(() => expect(processState(pid)).toBe(''), { timeout: 5_000 });
  });

  it('ends although it is frozen when its host is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-frozen-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'index.mjs'), 'export const handler = async () => undefined;');
    const host = spawn(process.execPath, [`${import.meta.dirname}/fixtures/host.ts`, folder]);
    onTestFinished(() => void host.kill('SIGKILL'));
    const [printed] = await once(host.stdout.setEncoding('utf8'), 'data');
    const pid = Number(printed);
    await untilStopped(pid);
    host.kill('SIGKILL');
    await vi.waitFor(() => expect(processState(pid)).toBe(''), { timeout: 5_000 });
  });
});
