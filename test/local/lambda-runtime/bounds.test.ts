import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { lambdaLimits } from '../../../local/lambda-runtime/limits.ts';
import { openGate } from '../function-host/gate.ts';
import { openPool } from '../function-host/open-pool.ts';

const BYTES_MAX = lambdaLimits.payloadBytesMax.value;

function openFunction(options: Parameters<typeof openPool>[0] = {}) {
  const pool = openPool({ host: 'bundle', fixture: 'bounded', ...options });
  return {
    pool,
    ask: (action: string, text = '') => pool.invoke({ action, text }),
  };
}

describe('a bundled function', () => {
  it('has its own variables, those that Lambda adds, and no other', async () => {
    vi.stubEnv('SLUICE_OF_THE_PARENT', 'secret');
    const { ask } = openFunction({ environment: { SLUICE_OWN: 'one' } });
    expect(await ask('env')).toEqual({
      SLUICE_OWN: 'one',
      _HANDLER: 'index.handler',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_FUNCTION_NAME: 'fixture',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/fixture',
      AWS_LAMBDA_LOG_STREAM_NAME: 'local',
      AWS_LAMBDA_RUNTIME_API: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      AWS_REGION: 'eu-west-1',
      AWS_SECRET_ACCESS_KEY: 'local',
      LAMBDA_TASK_ROOT: '/var/task',
      PATH: '/usr/local/bin:/usr/bin:/bin',
      TZ: ':UTC',
    });
  });

  it('is told by its context who it is and until when it may run', async () => {
    const { ask } = openFunction({ timeoutMs: 30_000 });
    const beforeMs = Date.now();
    const told = (await ask('context')) as Record<string, number>;
    expect(told).toMatchObject({ functionName: 'fixture', memoryLimitInMB: '128' });
    const deadlineMs = Number(told['nowMs']) + Number(told['remainingMs']);
    expect(deadlineMs).toBeGreaterThanOrEqual(beforeMs + 30_000);
    expect(told['remainingMs']).toBeLessThanOrEqual(30_000);
  });

  it('finds its bundle under /var/task, and no other file of the machine', async () => {
    const { ask } = openFunction();
    expect(await ask('read', '/var/task/index.mjs')).toContain('handler');
    await expect(ask('read', import.meta.filename)).rejects.toThrow('allow-fs-read');
    await expect(ask('read', '/etc/hostname')).rejects.toThrow('allow-fs-read');
    await expect(ask('write', '/tmp/sluice-bounds-test')).rejects.toThrow('allow-fs-write');
  });

  it('starts no process and no thread', async () => {
    const { ask } = openFunction();
    await expect(ask('run')).rejects.toThrow('allow-child-process');
    await expect(ask('work')).rejects.toThrow('allow-worker');
  });

  it('connects to declared hosts alone', async () => {
    const open = await openGate();
    const shut = createServer((_, response) => response.end('reached'));
    onTestFinished(() => open.close());
    const port = await new Promise<number>((resolve) => {
      shut.listen(0, '127.0.0.1', () => resolve(Number(Object(shut.address()).port)));
    });
    onTestFinished(() => void shut.close());
    const { ask } = openFunction({ hosts: [open.host] });
    const asked = ask('fetch', `${open.url}/1`);
    await open.untilWaiting(1);
    open.release();
    expect(await asked).toBe('');
    await expect(ask('fetch', `http://127.0.0.1:${port}`)).rejects.toThrow('fetch failed');
    await expect(ask('tls', String(port))).rejects.toThrow(
      `the function may not connect to 127.0.0.1:${port}: it is not declared`,
    );
    await expect(ask('udp')).rejects.toThrow('may not connect to UDP');
  });

  it('takes an event of 6 MB and none that is larger', async () => {
    const { ask } = openFunction();
    const bytes = BYTES_MAX - JSON.stringify({ action: 'length', text: '' }).length;
    expect(await ask('length', 'x'.repeat(bytes))).toBe(bytes);
    await expect(ask('length', 'x'.repeat(bytes + 1))).rejects.toThrow('RequestTooLargeException');
  });

  it('answers 6 MB and no more, and goes on', async () => {
    const { ask } = openFunction();
    expect(await ask('answer', String(BYTES_MAX))).toHaveLength(BYTES_MAX - 2);
    await expect(ask('answer', String(BYTES_MAX + 1))).rejects.toThrow(
      'fixture: Function.ResponseSizeTooLarge',
    );
    expect(await ask('ticks')).toBe(0);
  });

  it('ends when it keeps more than its memory', async () => {
    const { ask, pool } = openFunction({ memoryMb: 16 });
    await expect(ask('hoard')).rejects.toThrow('fixture: the process ended');
    expect(pool.pids()).toEqual([]);
  });

  it('ends when it is not loaded in time', async () => {
    const { pool } = openFunction({ fixture: 'slow', initMs: 300 });
    await expect(pool.warm()).rejects.toThrow('fixture: init: timed out after 0.3 s');
    expect(pool.pids()).toEqual([]);
  });
});
