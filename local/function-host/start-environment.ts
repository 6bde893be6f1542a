import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Answer } from './messages.ts';

export interface FunctionDefinition {
  readonly name: string;
  /** Absolute path of the module that exports `handler`. */
  readonly handlerFile: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Told of each line the function writes. */
  readonly onLog?: (line: string) => void;
}

/** The function failed: it threw, ran out of time, or its process ended. */
export class InvocationFailed extends Error {
  override readonly name = 'InvocationFailed';
}

export interface Environment {
  readonly pid: number | undefined;
  readonly alive: boolean;
  /** One invocation at a time. Rejects with InvocationFailed. */
  invoke(event: unknown): Promise<unknown>;
  /** Ends the process as Lambda does: without asking. */
  kill(): void;
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
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', createLineReader(definition.onLog));
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

async function invoke(
  child: ChildProcess,
  { name, timeoutMs }: FunctionDefinition,
  event: unknown,
): Promise<unknown> {
  const id = randomUUID();
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  try {
    const answered = readAnswer(child, name, (it) => it.kind !== 'ready' && it.id === id);
    child.send({ id, event, deadlineMs: Date.now() + timeoutMs });
    const answer = await answered;
    if (answer.kind === 'answered') return answer.result;
    const reason =
      answer.kind === 'failed' ? answer.error : { name: 'Error', message: 'no answer' };
    throw new InvocationFailed(`${name}: ${reason.name}: ${reason.message}`);
  } finally {
    clearTimeout(timer);
  }
}

/** The first answer that is `wanted`; rejects when the process ends before. */
function readAnswer(
  child: ChildProcess,
  name: string,
  wanted: (answer: Answer) => boolean,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      child.off('message', onMessage);
      child.off('exit', onExit);
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
    child.on('message', onMessage);
    child.on('exit', onExit);
  });
}

function createLineReader(onLog: ((line: string) => void) | undefined): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLog?.(line);
  };
}
