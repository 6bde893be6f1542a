import type { ChildProcess } from 'node:child_process';
import { InvocationFailed } from './invocation-failed.ts';

export interface TimeLimit {
  readonly name: string;
  readonly timeoutMs: number;
}

/** What `work` resolves to; ends the process without asking where it takes longer. */
export async function withinTime<T>(
  child: ChildProcess,
  { name, timeoutMs }: TimeLimit,
  work: () => Promise<T>,
): Promise<T> {
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill('SIGKILL');
  }, timeoutMs);
  try {
    return await work();
  } catch (error) {
    if (!timedOut) throw error;
    throw new InvocationFailed(`${name}: timed out after ${timeoutMs / 1000} s`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
