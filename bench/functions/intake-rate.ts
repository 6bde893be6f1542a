/** How many jobs `POST /jobs` takes in a second on the embedded stack, over real HTTP. */
import { percentile } from '../compare/statistics.ts';
import { ACCOUNT, postJob } from './stack-jobs.ts';

export interface IntakeRate {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const CALLERS = 8;
const LENGTH_MS = 10_000;

/** Until every process that takes jobs is up; not counted. */
const WARM_UP_MS = 3_000;

/** The budget is paused, so that taking jobs is measured and not running them. */
export async function measureIntake(url: string): Promise<IntakeRate> {
  const pause = `${url}/budgets/automox/${ACCOUNT}/servers.batch/pause`;
  const { ok } = await fetch(pause, { method: 'POST' });
  if (!ok) throw new Error('the budget could not be paused');
  const request = {
    type: 'automox.servers.batch',
    params: {
      devices: [1_001_000],
      actions: [{ attribute: 'tags', action: 'apply', value: ['bench'] }],
    },
  };
  await callFor(WARM_UP_MS, url, request);
  const startedAtMs = performance.now();
  const times = await callFor(LENGTH_MS, url, request);
  return {
    requests: times.length,
    perSecond: times.length / ((performance.now() - startedAtMs) / 1_000),
    p50Ms: percentile(times, 50) ?? Number.NaN,
    p99Ms: percentile(times, 99) ?? Number.NaN,
  };
}

/** Calls one after the other from each of the callers; answers how long each call took. */
async function callFor(lengthMs: number, url: string, request: object): Promise<number[]> {
  const times: number[] = [];
  const endsAtMs = performance.now() + lengthMs;
  const call = async (): Promise<void> => {
    while (performance.now() < endsAtMs) {
      const sentAtMs = performance.now();
      const { status, body } = await postJob(url, request);
      if (status !== 202) throw new Error(`POST /jobs answered ${status}: ${body}`);
      times.push(performance.now() - sentAtMs);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, call));
  return times;
}
