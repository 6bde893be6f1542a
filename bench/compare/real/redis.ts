/** A Redis of the benchmark's own: Debian's `redis-server` on a free port, in a folder of its own. */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Redis {
  readonly port: number;
  /** SIGKILL. The append-only file keeps what was written. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Commands since it was started last. */
  commands(): Promise<number>;
  close(): Promise<void>;
}

const run = promisify(execFile);

/** Such as `7.0.15`; undefined where it is not installed. */
export function findRedisVersion(): string | undefined {
  try {
    return /v=(\S+)/.exec(execFileSync('redis-server', ['--version'], { encoding: 'utf8' }))?.[1];
  } catch {
    return undefined;
  }
}

export async function startRedis(): Promise<Redis> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-redis-'));
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  let server: ChildProcess | undefined;
  const redis: Redis = {
    port,
    async start() {
      // As BullMQ's guide to production asks for: what was acknowledged survives the process.
      const durable = ['--save', '', '--appendonly', 'yes'];
      server = spawn('redis-server', [...settings, ...durable], { stdio: 'ignore' });
      while (!(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 50));
    },
    async kill() {
      if (server === undefined) return;
      const exit = once(server, 'exit');
      server.kill('SIGKILL');
      await exit;
    },
    async commands() {
      const { stdout } = await run('redis-cli', ['-p', String(port), 'info', 'stats']);
      return Number(/total_commands_processed:(\d+)/.exec(stdout)?.[1] ?? 0);
    },
    async close() {
      await redis.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await redis.start();
  return redis;
}

async function answers(port: number): Promise<boolean> {
  try {
    const { stdout } = await run('redis-cli', ['-p', String(port), 'ping']);
    return stdout.trim() === 'PONG';
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
