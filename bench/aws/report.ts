import type { ScenarioReport } from './scenarios.ts';
import type { LimitCount } from './target.ts';
import type { WakeUp } from './wake-up.ts';

export interface RunReport {
  readonly prefix: string;
  readonly emulated: boolean;
  readonly startedAtMs: number;
  readonly scenarios: readonly ScenarioReport[];
  /** By the simulator's own count. */
  readonly limits: Readonly<Record<string, LimitCount>>;
  readonly wakeUps: readonly WakeUp[];
}

export const brokenLimits = ({ limits }: RunReport): readonly string[] =>
  Object.entries(limits).flatMap(([name, { fullest, limit, refused }]) =>
    fullest > limit || refused > 0 ? [name] : [],
  );

export const isGood = (report: RunReport): boolean =>
  report.scenarios.every(({ ok }) => ok) && brokenLimits(report).length === 0;

/** The report as data: of each scenario its jobs by id alone. */
export const reportJson = (report: RunReport): string =>
  JSON.stringify(
    {
      ...report,
      good: isGood(report),
      brokenLimits: brokenLimits(report),
      scenarios: report.scenarios.map(({ jobs, ...scenario }) => ({
        ...scenario,
        jobs: jobs.map(({ id }) => id),
      })),
    },
    undefined,
    2,
  );

export function describeReport(report: RunReport): string {
  const scenarios = report.scenarios.map(
    ({ name, ok, tookMs, problem }) =>
      `  ${ok ? 'ok    ' : 'NOT OK'} ${name.padEnd(14)} ${(tookMs / 1000).toFixed(1)} s  ${problem ?? ''}`,
  );
  const limits = Object.entries(report.limits).map(
    ([name, { fullest, limit, refused }]) =>
      `  ${name.padEnd(21)} fullest window ${fullest} of ${limit}, refused ${refused}`,
  );
  const wakeUps = report.wakeUps.map(
    ({ jobId, lateMs, atMostMs }) =>
      `  ${jobId}  ${lateMs} ms after its appointment, at most ${atMostMs} ms after its visibility`,
  );
  return [
    `${report.prefix}, ${report.emulated ? 'emulated: nothing of this ran on AWS' : 'on AWS'}`,
    'Scenarios',
    ...scenarios,
    'Limits, by the simulator’s count',
    ...limits,
    'Wake-up of deferred messages',
    ...(wakeUps.length === 0 ? ['  none was deferred'] : wakeUps),
  ]
    .map((line) => line.trimEnd())
    .join('\n');
}
