import type { Job } from '../../shared/jobs/job.ts';
import { seconds } from '../../shared/kernel/duration.ts';

/** 2026-03-01T02:00:00Z. */
export const SAMPLE_AT_MS = 1_772_330_400_000;

/** A plain job as `submitJob` would first write it; `changes` are laid over it. */
export function sampleJob(changes: Partial<Job> = {}): Job {
  const id = changes.id ?? 'job_0000000000000000000000000a';
  const createdAtMs = changes.createdAtMs ?? SAMPLE_AT_MS;
  return {
    id,
    type: 'automox.servers.batch',
    provider: 'automox',
    account: 'acme',
    tenant: 'default',
    priority: 'normal',
    mode: 'run',
    status: 'received',
    origin: { way: 'http' },
    paramsJson: '{"devices":[1,2,3]}',
    bodyHash: 'c0ffee',
    group: 'acme/servers.batch/default/normal/0',
    createdAtMs,
    updatedAtMs: createdAtMs,
    deadlineMs: createdAtMs + seconds(3_600),
    run: 1,
    attempts: 0,
    failures: 0,
    waitedMs: 0,
    timeline: [{ at: createdAtMs, event: 'received', way: 'http' }],
    version: 1,
    writeId: `w_${id}_1`,
    expiresAtS: Math.ceil(createdAtMs / 1000) + 7_776_000,
    ...changes,
  };
}

/** The row that would follow `job`: one version on, written by another write. */
export const nextVersion = (job: Job, changes: Partial<Job> = {}): Job => ({
  ...job,
  version: job.version + 1,
  writeId: `w_${job.id}_${job.version + 1}`,
  updatedAtMs: job.updatedAtMs + 1,
  ...changes,
});
