/** Runs one job again and again, its worker killed one step later each time. */
import type { Job } from '../../shared/jobs/job.ts';
import type { Json } from '../../shared/kernel/json.ts';
import type { JobHarness } from './job-harness.ts';
import { createLife } from './mortal.ts';

export interface Survival {
  readonly harness: JobHarness;
  readonly job: Job;
  /** After how many steps the first worker was killed. */
  readonly steps: number;
}

export interface Mortality {
  readonly type: string;
  /** Where they depend on other jobs, those may run here first: nobody kills their workers. */
  readonly params: Json | ((harness: JobHarness) => Json | Promise<Json>);
  readonly prepare?: () => void;
}

/** Brings a vendor to its first state; its harness has an empty jobs table. */
export interface Mortals {
  begin(prepare?: () => void): JobHarness;
}

/**
 * Ends with the first worker that outlives the job; answers after how many steps that was. `check` sees
 * each outcome.
 */
export async function killEverywhere(
  vendor: Mortals,
  { type, params, prepare }: Mortality,
  check: (survival: Survival) => Promise<void> | void,
): Promise<number> {
  for (let steps = 1; ; steps += 1) {
    const harness = vendor.begin(prepare);
    const given = typeof params === 'function' ? await params(harness) : params;
    const { id } = await harness.submit(type, given);
    const life = createLife(steps);
    const job = await harness.finish(id, life);
    await check({ harness, job, steps });
    if (!life.over) return steps;
  }
}
