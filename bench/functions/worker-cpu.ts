/** CPU time of the worker processes for each job, on the embedded stack, with room in the limit. */
import { readFileSync } from 'node:fs';
import type { LocalStack } from '../../local/stack/local-stack.ts';
import { sum } from '../../shared/kernel/sum.ts';
import { submitJobs, untilFinished } from './stack-jobs.ts';

export interface WorkerCpu {
  readonly jobs: number;
  readonly cpuMsPerJob: number;
}

const JOBS = 200;

/** Undefined where the system does not tell the CPU time of a process (outside Linux). */
export async function measureWorkerCpu(
  stack: LocalStack,
  policyId: number,
): Promise<WorkerCpu | undefined> {
  const request = { type: 'automox.policy.run', params: { policyId } };
  const warm = await submitJobs(stack.url, 20, request);
  await untilFinished(stack.url, warm);
  const before = workerCpuMs(stack);
  if (before === undefined) return undefined;
  await untilFinished(stack.url, await submitJobs(stack.url, JOBS, request));
  const after = workerCpuMs(stack) ?? Number.NaN;
  return { jobs: JOBS, cpuMsPerJob: (after - before) / JOBS };
}

/** A tick of `/proc` is a hundredth of a second on every Linux that Node runs on. */
const TICK_MS = 10;

function workerCpuMs(stack: LocalStack): number | undefined {
  const pids = stack.functions.pools['worker-automox']?.pids() ?? [];
  try {
    return sum(pids.map((pid) => cpuTicks(readFileSync(`/proc/${pid}/stat`, 'utf8')) * TICK_MS));
  } catch {
    return undefined;
  }
}

/** User and system time: the 14th and 15th field; the second is a name that may hold spaces. */
export function cpuTicks(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
