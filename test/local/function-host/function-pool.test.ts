import { describe, expect, it, onTestFinished } from 'vitest';
import { openGate } from './gate.ts';
import { type HostName, invoke, openPool } from './open-pool.ts';

async function openTestGate() {
  const gate = await openGate();
  onTestFinished(() => gate.close());
  return gate;
}

const hosts: readonly HostName[] = ['source', 'bundle'];

describe.each(hosts)('a pool of execution environments (%s)', (host) => {
  it('keeps an environment for the next invocation', async () => {
    const pool = openPool({ host, concurrencyMax: 4 });
    const first = await invoke(pool, 'answer');
    const second = await invoke(pool, 'answer');
    expect(second).toMatchObject({ pid: first.pid, invocations: 2 });
  });

  it('starts one ahead of the first invocation when warmed', async () => {
    const pool = openPool({ host, concurrencyMax: 4 });
    await pool.warm();
    const [pid] = pool.pids();
    expect(await invoke(pool, 'answer')).toMatchObject({ pid, invocations: 1 });
  });

  it('runs one invocation at a time in each environment', async () => {
    const pool = openPool({ host });
    const answers = await Promise.all([1, 2, 3].map(() => invoke(pool, 'answer')));
    expect(answers.map(({ running }) => running)).toEqual([1, 1, 1]);
    expect(answers.map(({ invocations }) => invocations)).toEqual([1, 2, 3]);
  });

  it('grows to its limit while all are busy, and makes the rest wait their turn', async () => {
    const gate = await openTestGate();
    const pool = openPool({ host, concurrencyMax: 2, hosts: [gate.host] });
    const invocations = [1, 2, 3].map(() => invoke(pool, 'ask', gate.url));
    const [first, second] = await gate.untilWaiting(2);
    expect(new Set(pool.pids())).toEqual(new Set([first, second]));
    gate.release();
    expect(await gate.untilWaiting(2)).toEqual([second, first]);
    gate.release();
    gate.release();
    const pids = (await Promise.all(invocations)).map(({ pid }) => pid);
    expect(pids.toSorted()).toEqual([first, first, second].toSorted());
  });

  it('fails what runs and refuses what comes when it is closed', async () => {
    const gate = await openTestGate();
    const pool = openPool({ host, hosts: [gate.host] });
    const running = expect(invoke(pool, 'ask', gate.url)).rejects.toThrow('SIGKILL');
    await gate.untilWaiting(1);
    await pool.close();
    await running;
    await expect(pool.invoke({ action: 'answer' })).rejects.toThrow('the stack is stopping');
  });
});
