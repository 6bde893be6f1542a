import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Environment } from './execution-environment.ts';
import { InvocationFailed } from './invocation-failed.ts';
import type { Answer } from './messages.ts';
import { readLines } from './read-lines.ts';
import { withinTime } from './time-limit.ts';

export interface FunctionDefinition {
  readonly name: string;
  /** Absolute path of the module that exports `handler`. */
  readonly handlerFile: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Told of each line the function writes. */
  readonly onLog?: (line: string) => void;
}

const ENTRY = fileURLToPath(new URL('./environment.ts', import.meta.url));

/** Resolves once the handler's module is loaded. */
export async function startEnvironment(definition: FunctionDefinition): Promise<Environment> {
  const child = fork(ENTRY, [definition.handlerFile, definition.name], {
    env: { PATH: process.env['PATH'], ...definition.environment },
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  });
  // Without a listener the failure to start, or to write to a process that just ended, would be thrown.
  child.on('error', () => undefined);
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) readLines(stream, definition.onLog);
  }
  await readAnswer(child, definition.name, (answer) => answer.kind === 'ready');
  return {
    pid: child.pid,
    get alive() {
      return child.connected && child.exitCode === null && child.signalCode === null;
    },
    invoke: (event) => invoke(child, definition, event),
    kill: () => void child.kill('SIGKILL'),
  };
}

function invoke(
  child: ChildProcess,
  definition: FunctionDefinition,
  event: unknown,
): Promise<unknown> {
  const { name, timeoutMs } = definition;
  return withinTime(child, definition, async () => {
    const id = randomUUID();
    const answered = readAnswer(child, name, (it) => it.kind !== 'ready' && it.id === id);
    child.send({ id, event, deadlineMs: Date.now() + timeoutMs });
    const answer = await answered;
    if (answer.kind === 'answered') return answer.result;
    const reason =
      answer.kind === 'failed' ? answer.error : { name: 'Error', message: 'no answer' };
    throw new InvocationFailed(`${name}: ${reason.name}: ${reason.message}`);
  });
}

/** The first answer that is `wanted`; rejects when the process ends before, or cannot be reached. */
function readAnswer(
  child: ChildProcess,
  name: string,
  wanted: (answer: Answer) => boolean,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
    };
    const onMessage = (message: unknown): void => {
      const answer = message as Answer;
      if (!wanted(answer)) return;
      done();
      resolve(answer);
    };
    const onExit = (code: number | null, signal: string | null): void => {
      done();
      reject(new InvocationFailed(`${name}: the process ended (${signal ?? code})`));
    };
    const onError = (cause: Error): void => {
      done();
      reject(new InvocationFailed(`${name}: ${cause.message}`, { cause }));
    };
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
  });
}
