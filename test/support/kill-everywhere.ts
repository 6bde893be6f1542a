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
  readonly params: Json;
  /** A vendor in its first state, and a harness with an empty jobs table. */
  readonly begin: () => JobHarness;
  /** Sees each outcome. */
  readonly check: (survival: Survival) => Promise<void> | void;
}

/** Ends with the first worker that outlives the job. Answers after how many steps that was. */
export async function killEverywhere({ type, params, begin, check }: Mortality): Promise<number> {
  for (let steps = 1; ; steps += 1) {
    const harness = begin();
    const { id } = await harness.submit(type, params);
    const life = createLife(steps);
    const job = await harness.finish(id, life);
    await check({ harness, job, steps });
    if (!life.over) return steps;
  }
}
