/** From what was seen to the figures, and to what of them is not as it should be. Pure. */
import { workerContract } from '../../functions/worker/contract.ts';
import type { Audit } from '../../local/simulators/frame/simulator.ts';
import { ITEM_BYTES_MAX } from '../../local/stack/item-size.ts';
import type { ProviderName } from '../../shared/config/account.ts';
import type { JobView } from '../../shared/jobs/describe-job.ts';
import { callsOf, type FleetJob } from './fleet-jobs.ts';

export interface VendorFacts {
  readonly provider: ProviderName;
  readonly audit: Pick<Audit, 'arrivals' | 'limits'>;
  /** How many items the vendor has as the job wants them. */
  readonly done: number;
  /** Of the worker that held the most; undefined where the system does not tell. */
  readonly peakMemoryMb: number | undefined;
}

export interface Facts {
  readonly jobs: readonly { readonly planned: FleetJob; readonly view: JobView }[];
  readonly vendors: readonly VendorFacts[];
  /** By job id. */
  readonly rowBytes: ReadonlyMap<string, number>;
}

export type Figures = ReturnType<typeof measure>;
export type JobFigures = Figures['jobs'][number];
export type VendorFigures = Figures['vendors'][number];

export const measure = ({ jobs, vendors, rowBytes }: Facts) => ({
  jobs: jobs.map(({ planned, view }) => {
    const least = callsOf(planned.least);
    const { provider, items, label } = planned;
    return {
      label,
      provider,
      status: view.status,
      items,
      done: doneOf(planned, view, vendors),
      seconds: secondsOf(view),
      calls: view.attempts,
      least,
      leastIs: planned.least.map(([calls, reason]) => `${calls} ${reason}`).join(' + '),
      beyond: callsOf(planned.beyond),
      ratio: Math.round((view.attempts / least) * 1_000) / 1_000,
      largestRowBytes: rowBytes.get(view.id) ?? 0,
    };
  }),
  vendors: vendors.map(({ provider, audit, peakMemoryMb }) => ({
    provider,
    calls: audit.arrivals,
    peakMemoryMb: peakMemoryMb ?? null,
    limits: Object.entries(audit.limits)
      .filter(([, { arrivals }]) => arrivals > 0)
      .map(([name, { limit, windowMs, fullest, arrivals, refused }]) => ({
        ...{ name, limit, windowSeconds: windowMs / 1_000, fullest, calls: arrivals },
        throttled: refused,
      })),
  })),
});

function doneOf(
  { provider, doneBy }: FleetJob,
  { result }: JobView,
  vendors: readonly VendorFacts[],
): number {
  if (doneBy === 'vendor') return vendors.find((it) => it.provider === provider)?.done ?? 0;
  return result?.kind === 'object' ? result.rows : 0;
}

const secondsOf = ({ createdAt, finishedAt = createdAt }: JobView): number =>
  (Date.parse(finishedAt) - Date.parse(createdAt)) / 1_000;

export function findMisses({ jobs, vendors }: Figures): readonly string[] {
  return [...jobs.flatMap(missesOfJob), ...vendors.flatMap((it) => missesOfVendor(it, jobs))];
}

const missesOfJob = (it: JobFigures): string[] => [
  ...(it.status === 'succeeded' ? [] : [`${it.label}: ${it.status}`]),
  ...(it.done === it.items ? [] : [`${it.label}: ${it.done} of ${it.items} done`]),
  ...(it.calls <= it.least + it.beyond
    ? []
    : [`${it.label}: ${it.calls} calls, ${it.least} and ${it.beyond} would do`]),
  ...(it.largestRowBytes * 4 <= ITEM_BYTES_MAX
    ? []
    : [`${it.label}: a row of ${it.largestRowBytes} bytes is more than a quarter of the most`]),
];

function missesOfVendor(it: VendorFigures, jobs: readonly JobFigures[]): string[] {
  const told = jobs.filter(({ provider }) => provider === it.provider);
  const calls = told.reduce((sum, job) => sum + job.calls, 0);
  const { memoryMb } = workerContract;
  return [
    ...it.limits
      .filter(({ fullest, limit }) => fullest > limit)
      .map(({ name, fullest, limit }) => `${it.provider} ${name}: ${fullest} of ${limit}`),
    ...it.limits
      .filter(({ throttled }) => throttled > 0)
      .map(({ name, throttled }) => `${it.provider} ${name}: ${throttled} answers 429`),
    ...(calls === it.calls
      ? []
      : [`${it.provider} counted ${it.calls} calls, the jobs tell of ${calls}`]),
    ...((it.peakMemoryMb ?? 0) < memoryMb
      ? []
      : [`a worker of ${it.provider} held ${it.peakMemoryMb} MB, of ${memoryMb} on Lambda`]),
  ];
}
