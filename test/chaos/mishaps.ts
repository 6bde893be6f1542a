/** What befalls the stack: workers that die, and the whole machine's power that goes. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Kills the worker processes below `stackPid` at once; answers how many there were. */
export async function killWorkers(stackPid: number): Promise<number> {
  const { stdout } = await run('ps', ['-eo', 'pid=,ppid=,args=']);
  const workers = stdout
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [])
    .filter(([, , parent, args]) => Number(parent) === stackPid && args?.includes('worker'))
    .map(([, pid]) => Number(pid));
  for (const pid of workers) kill(pid);
  return workers.length;
}

/** It may have ended by itself meanwhile. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
