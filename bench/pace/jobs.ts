import { parseConfig } from '../../shared/config/sluice-config.ts';
import { isFinished } from '../../shared/jobs/states.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { minutes, seconds } from '../../shared/kernel/duration.ts';
import { sha256Hex } from '../../shared/kernel/ids.ts';
import { getJob, postJob } from '../http-jobs.ts';

export const ACCOUNT = { provider: 'automox', organizationId: 9237 } as const;

export const benchConfig = parseConfig({ accounts: { acme: ACCOUNT } });

/** The call that each job makes once. */
export const OPERATION = 'POST /servers/batch';

export interface SentJob {
  readonly id: string;
  /** By which the vendor's log knows the job's call. */
  readonly bodyDigest: string;
}

export type Submit = (tenant: string, priority: 'normal' | 'urgent') => Promise<SentJob>;

/** Submits jobs that each tag another one of `devices`. */
export function createSubmit(url: string, devices: readonly number[]): Submit {
  let submitted = 0;
  return async (tenant, priority) => {
    const params = {
      devices: [devices[submitted]],
      actions: [{ attribute: 'tags', action: 'apply', value: [`pace-${submitted}`] }],
    };
    submitted += 1;
    const id = await post(url, { type: 'automox.servers.batch', params, tenant, priority });
    return { id, bodyDigest: sha256Hex(JSON.stringify(params)) };
  };
}

/**
 * Has every worker run a job under another limit, side by side: the pace is to be measured, not how
 * long this machine takes to start a process and to load code.
 */
export async function warmUp(url: string, policyId: number): Promise<void> {
  const type = 'automox.policy.run';
  const jobs = Array.from({ length: 12 }, (_, index) =>
    post(url, { type, params: { policyId }, tenant: `warm-${index}` }),
  );
  await untilFinished(url, await Promise.all(jobs), minutes(1));
}

const post = (url: string, message: Readonly<Record<string, unknown>>): Promise<string> =>
  postJob(url, { account: 'acme', ...message });

/** Throws where a job has no outcome in time. */
export async function untilFinished(
  url: string,
  ids: readonly string[],
  timeoutMs: number,
): Promise<void> {
  const endsAtMs = Date.now() + timeoutMs;
  const open = new Set(ids);
  while (open.size > 0) {
    if (Date.now() > endsAtMs) throw new Error(`${open.size} jobs have no outcome: ${[...open]}`);
    await systemClock.sleep(LOOK_EVERY_MS);
    for (const id of open) {
      if (isFinished((await getJob(url, id)).status)) open.delete(id);
    }
  }
}

/** Rarely, so that looking does not slow down what is measured. */
const LOOK_EVERY_MS = seconds(2);
