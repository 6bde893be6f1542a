import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeJob } from '../../shared/jobs/describe-job.ts';
import { sampleJob } from '../support/sample-job.ts';

const entry = fileURLToPath(new URL('../../cli/sluice.ts', import.meta.url));

async function startServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

function start(argv: readonly string[], url: string): ChildProcess {
  const child = spawn(process.execPath, [entry, ...argv], {
    env: { PATH: process.env['PATH'], SLUICE_URL: url },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function end(child: ChildProcess) {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const [exitCode] = await once(child, 'close');
  return { exitCode, out, err };
}

const answerJob =
  (status: 'failed' | 'queued'): RequestListener =>
  (_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(describeJob(sampleJob({ id: 'job_1', status }))));
  };

describe('the sluice process', () => {
  it('is a file that npm can run: executable, with a shebang', () => {
    expect(() => accessSync(entry, constants.X_OK)).not.toThrow();
    expect(readFileSync(entry, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it('submits what it reads from stdin and answers with the exit code of the outcome', async () => {
    const bodies: string[] = [];
    const url = await startServer((request, response) => {
      if (request.method === 'GET') return answerJob('failed')(request, response);
      request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
      request.on('end', () => response.writeHead(202).end('{"id":"job_1","status":"queued"}'));
    });
    const child = start(['submit', '-', '--watch'], url);
    child.stdin?.end('{"type":"a.b","account":"x"}');
    const { exitCode, out } = await end(child);
    expect(bodies).toEqual(['{"type":"a.b","account":"x"}']);
    expect(out).toMatch(/^job_1\n/);
    expect(exitCode).toBe(1);
  });

  it('ends with 130 on Ctrl-C while it watches', async () => {
    let child: ChildProcess | undefined;
    const url = await startServer((request, response) => {
      response.once('finish', () => child?.kill('SIGINT'));
      answerJob('queued')(request, response);
    });
    child = start(['watch', 'job_1'], url);
    const { exitCode, err } = await end(child);
    expect(exitCode).toBe(130);
    expect(err).toBe('stopped watching; the job goes on. Again: npx sluice watch job_1\n');
  });

  it('ends silently when the reader of its output goes away', async () => {
    const url = await startServer((_request, response) => {
      response.setHeader('content-type', 'application/x-ndjson');
      const more = setInterval(() => response.write('{"id":1}\n'.repeat(10_000)), 1);
      response.once('close', () => clearInterval(more));
    });
    const child = start(['result', 'job_1'], url);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { exitCode, err } = await end(child);
    expect(err).toBe('');
    expect(exitCode).toBe(0);
  });

  it('keeps its exit code when nobody reads what it says on stderr', async () => {
    const child = start(['frobnicate'], 'http://127.0.0.1:1');
    child.stderr?.destroy();
    const { exitCode } = await end(child);
    expect(exitCode).toBe(2);
  });
});
