import { describe, expect, it, vi } from 'vitest';
import { invoke, openPool } from './open-pool.ts';

describe('an execution environment', () => {
  it('has the variables of its function and nothing else of this process', async () => {
    vi.stubEnv('SLUICE_OF_THE_PARENT', 'secret');
    const pool = openPool({ environment: { SLUICE_OWN: 'one' } });
    const { env } = await invoke(pool, 'answer');
    const { PATH: _path, ...rest } = env;
    expect(rest).toEqual({ SLUICE_OWN: 'one' });
  });

  it('does not see the variables of another function', async () => {
    const pools = ['one', 'two'].map((name) => openPool({ environment: { SLUICE_NAME: name } }));
    const answers = await Promise.all(pools.map((pool) => invoke(pool, 'answer')));
    expect(answers.map(({ env }) => env['SLUICE_NAME'])).toEqual(['one', 'two']);
  });

  it('hands over what the function writes line by line', async () => {
    const lines: string[] = [];
    const pool = openPool({ onLog: (line) => lines.push(line) });
    await invoke(pool, 'write', 'first\nsec');
    await invoke(pool, 'write', 'ond ü\n\nfourth\n');
    await vi.waitFor(() => expect(lines).toEqual(['first', 'second ü', '', 'fourth']));
  });

  it('hands over its last words, though no line ends them', async () => {
    const lines: string[] = [];
    const pool = openPool({ onLog: (line) => lines.push(line) });
    await expect(invoke(pool, 'exit', 'done\nfatal: out of luck')).rejects.toThrow('(7)');
    await vi.waitFor(() => expect(lines).toEqual(['done', 'fatal: out of luck']));
  });
});
