import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { InvocationFailed } from '../../../local/function-host/invocation-failed.ts';
import { openGate } from './gate.ts';
import { type HostName, invoke, openPool } from './open-pool.ts';

/** Lambda's runtime reports what went wrong; a plain process just ends. */
const reasons = {
  source: 'fixture: the process ended (1)',
  bundle: 'fixture: init: Error: this module cannot be loaded',
};
const hosts: readonly HostName[] = ['source', 'bundle'];

describe.each(hosts)('an invocation that fails (%s)', (host) => {
  it('says what the function threw, and leaves its environment in use', async () => {
    const pool = openPool({ host });
    const failed = invoke(pool, 'throw', 'seven is too many');
    await expect(failed).rejects.toEqual(
      new InvocationFailed('fixture: RangeError: seven is too many'),
    );
    expect(await invoke(pool, 'answer')).toMatchObject({ invocations: 2 });
  });

  it('ends with its process when time is up, even where the function never yields', async () => {
    const pool = openPool({ host, timeoutMs: 300 });
    await pool.warm();
    const pids = pool.pids();
    await expect(invoke(pool, 'spin')).rejects.toThrow('fixture: timed out after 0.3 s');
    expect(pool.pids()).toEqual([]);
    await pool.warm();
    expect(pool.pids()).not.toEqual(pids);
  });

  it('fails alone when the function leaves the process', async () => {
    const gate = await openGate();
    const pool = openPool({ host, concurrencyMax: 2, hosts: [gate.host] });
    onTestFinished(() => gate.close());
    const other = invoke(pool, 'ask', gate.url);
    const [otherPid] = await gate.untilWaiting(1);
    await expect(invoke(pool, 'exit')).rejects.toThrow('fixture: the process ended (7)');
    gate.release();
    expect(await other).toMatchObject({ pid: otherPid });
  });

  it('fails alone when its process is killed, and the next gets a new environment', async () => {
    const gate = await openGate();
    const pool = openPool({ host, hosts: [gate.host] });
    onTestFinished(() => gate.close());
    const killed = expect(invoke(pool, 'ask', gate.url)).rejects.toThrow(
      'the process ended (SIGKILL)',
    );
    const [pid = 0] = await gate.untilWaiting(1);
    process.kill(pid, 'SIGKILL');
    await killed;
    const next = await invoke(pool, 'answer');
    expect(next.invocations).toBe(1);
    expect(next.pid).not.toBe(pid);
  });

  it('takes nobody with it when an idle environment was killed just before', async () => {
    const pool = openPool({ host });
    await pool.warm();
    const [pid = 0] = pool.pids();
    process.kill(pid, 'SIGKILL');
    await expect(invoke(pool, 'answer')).rejects.toBeInstanceOf(InvocationFailed);
    expect(await invoke(pool, 'answer')).toMatchObject({ invocations: 1 });
  });

  it('tells why when the module of the handler cannot be loaded', async () => {
    const onLog = vi.fn<(line: string) => void>();
    const pool = openPool({ host, fixture: 'broken', onLog });
    await expect(pool.warm()).rejects.toThrow(reasons[host]);
    await vi.waitFor(() =>
      expect(onLog).toHaveBeenCalledWith('Error: this module cannot be loaded'),
    );
  });

  it('goes on when Ctrl-C reaches the environments as well', async () => {
    const gate = await openGate();
    const pool = openPool({ host, hosts: [gate.host] });
    onTestFinished(() => gate.close());
    const running = invoke(pool, 'ask', gate.url);
    const [pid = 0] = await gate.untilWaiting(1);
    process.kill(pid, 'SIGINT');
    gate.release();
    expect(await running).toMatchObject({ pid });
  });
});
