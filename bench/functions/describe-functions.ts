/** The figures of the functions as text, for the terminal and for docs/benchmarks.md. Pure. */
import type { ColdStart } from './cold-start.ts';
import type { IntakeRate } from './intake-rate.ts';
import type { WorkerCpu } from './worker-cpu.ts';

export interface FunctionFigures {
  readonly startedAt: string;
  readonly loadBefore: number;
  readonly coldStarts: readonly ColdStart[];
  readonly workerCpu?: WorkerCpu;
  readonly intake: IntakeRate;
}

const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(0)} kB`;

export const coldStartTable = ({ coldStarts }: FunctionFigures): readonly string[][] => [
  ['function', 'bundle', 'gzip', 'import, median of 11'],
  ...coldStarts.map(({ name, bytes, gzipBytes, importMs }) => [
    name,
    kilobytes(bytes),
    kilobytes(gzipBytes),
    `${importMs.toFixed(0)} ms`,
  ]),
];

export function describeRates({ workerCpu, intake }: FunctionFigures): readonly string[] {
  const { perSecond, p50Ms, p99Ms, requests } = intake;
  const cpu = workerCpu
    ? [`Worker: ${workerCpu.cpuMsPerJob.toFixed(1)} ms of CPU a job, over ${workerCpu.jobs} jobs.`]
    : ['Worker: CPU time is not measured on this system.'];
  return [
    ...cpu,
    `Intake: ${perSecond.toFixed(0)} \`POST /jobs\` a second from 8 callers (${requests} in all);` +
      ` p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms.`,
  ];
}
