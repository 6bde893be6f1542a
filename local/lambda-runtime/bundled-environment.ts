/**
 * One execution environment as AWS runs it: a process that knows its bundle, its variables and the
 * Runtime API, and nothing else of this machine.
 *
 * Guarantees: killed at the timeout and where loading takes longer than Lambda's init phase; frozen
 * (SIGSTOP) whenever no invocation runs; payloads above Lambda's limit refused both ways; the heap
 * bounded by the function's memory; no file read but the bundle's, none written, no process, worker
 * or addon started (Node's permission model); no connection but to declared hosts (`network-guard`).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../function-host/execution-environment.ts';
import { InvocationFailed } from '../function-host/invocation-failed.ts';
import { readLines } from '../function-host/read-lines.ts';
import { withinTime } from '../function-host/time-limit.ts';
import { endWithHost } from './end-with-host.ts';
import { lambdaLimits } from './limits.ts';
import { type RuntimeApi, startRuntimeApi } from './runtime-api.ts';
import { runtimeVariables } from './runtime-variables.ts';

export interface BundledFunction {
  readonly name: string;
  /** Holds `index.mjs` and whatever is unpacked beside it. */
  readonly folder: string;
  /** Module and export: `index.handler`. */
  readonly handler: string;
  /** The function's own; Lambda's reserved ones are added. */
  readonly environment: Readonly<Record<string, string>>;
  readonly region: string;
  readonly timeoutMs: number;
  /** How long loading may take; default what Lambda allows. */
  readonly initMs?: number;
  readonly memoryMb: number;
  /** What it may connect to: `127.0.0.1:4571`. */
  readonly hosts: readonly string[];
  readonly onLog?: (line: string) => void;
}

const RUNTIME = realpathSync(fileURLToPath(new URL('.', import.meta.url)));
const PROJECT = realpathSync(fileURLToPath(new URL('../../package.json', import.meta.url)));

/** Resolves once the handler's module is loaded. */
export async function startBundledEnvironment(definition: BundledFunction): Promise<Environment> {
  const { name } = definition;
  let frozen = false;
  const api = await startRuntimeApi({
    functionName: name,
    onIdle() {
      frozen = child.kill('SIGSTOP');
    },
  });
  const child = startProcess(definition, api);
  const limit = {
    name: `${name}: init`,
    timeoutMs: definition.initMs ?? lambdaLimits.initMs.value,
  };
  await withinTime(child, limit, () => api.ready).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    pid: child.pid,
    get alive() {
      return isAlive(child);
    },
    async invoke(event) {
      const payload = JSON.stringify(event ?? null);
      refuseTooLarge(name, payload);
      if (!isAlive(child)) throw ended(name, child);
      if (frozen) child.kill('SIGCONT');
      frozen = false;
      const answer = await withinTime(child, definition, () =>
        api.invoke({
          id: randomUUID(),
          functionArn: `arn:aws:lambda:${definition.region}:000000000000:function:${name}`,
          payload,
          deadlineMs: Date.now() + definition.timeoutMs,
        }),
      );
      return JSON.parse(answer);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function startProcess(definition: BundledFunction, api: RuntimeApi): ChildProcess {
  const folder = realpathSync(definition.folder);
  const readable = [RUNTIME, PROJECT, folder].map((path) => `--allow-fs-read=${path}`);
  const heap = `--max-old-space-size=${definition.memoryMb}`;
  const bootstrap = `${RUNTIME}/bootstrap.ts`;
  const args = [folder, JSON.stringify(definition.hosts)];
  const child = spawn(process.execPath, ['--permission', ...readable, heap, bootstrap, ...args], {
    env: { ...definition.environment, ...runtimeVariables(definition, api.address) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Without a listener the failure to start would be thrown.
  child.on('error', (cause) => api.fail(new InvocationFailed(`${definition.name}: ${cause}`)));
  child.on('exit', () => {
    api.fail(ended(definition.name, child));
    api.close();
  });
  for (const stream of [child.stdout, child.stderr]) readLines(stream, definition.onLog);
  endWithHost(child);
  return child;
}

const isAlive = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode === null && signalCode === null;

const ended = (name: string, { exitCode, signalCode }: ChildProcess): InvocationFailed =>
  new InvocationFailed(`${name}: the process ended (${signalCode ?? exitCode})`);

function refuseTooLarge(name: string, payload: string): void {
  const { value } = lambdaLimits.payloadBytesMax;
  const bytes = Buffer.byteLength(payload);
  if (bytes <= value) return;
  const reason = `the request has ${bytes} bytes, Lambda takes ${value}`;
  throw new InvocationFailed(`${name}: RequestTooLargeException: ${reason}`);
}
