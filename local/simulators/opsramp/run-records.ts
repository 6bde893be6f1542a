/** Runs of jobs and of processes. Nothing in the API tells of a run but what it leaves behind. */
import { zonedDate } from './dates.ts';
import { installPatches, type PatchWork, scanPatches } from './patch-work.ts';
import type { Row } from './world.ts';

export interface JobRun {
  readonly jobId: string;
  readonly startedAtMs: number;
  status: 'pending' | 'in progress' | 'completed' | 'failed';
}

/** What a script printed on one resource. */
export interface JobOutput {
  readonly scriptId: string;
  readonly id: string;
  readonly output: string;
  readonly responseDate: string;
  readonly device: { readonly id: string; readonly hostName: string };
  readonly task: { readonly jobId: string; readonly name: string };
}

export interface ProcessInstance {
  readonly id: string;
  readonly processId: string;
  readonly executionId: string;
  state: 'ACTIVE' | 'COMPLETED';
  readonly startTime: number;
  endTime: number | null;
  readonly variables: Row;
  readonly activityInstances: Row[];
  readonly errors: Row[];
}

/** The resources that a job names, wherever it keeps its entities. */
export function entityIds(job: Row): string[] {
  const scheduled = job['scheduleJob'] as Row | undefined;
  const entities = scheduled?.['entities'] ?? job['entities'] ?? [];
  return (Array.isArray(entities) ? entities : []).flatMap((entity: Row) => {
    const { id } = (entity['resource'] ?? entity) as { readonly id?: unknown };
    return typeof id === 'string' ? [id] : [];
  });
}

/** Starts a run: pending, in progress, and then over on each resource that is there. */
export function startJobRun(work: PatchWork, job: Row): void {
  const { world, tenant, nowMs } = work;
  const { jobStepMs } = world.settings;
  const run: JobRun = { jobId: String(job['id']), startedAtMs: nowMs, status: 'pending' };
  tenant.jobRuns.push(run);
  world.later.at(nowMs + jobStepMs, () => {
    run.status = 'in progress';
  });
  world.later.at(nowMs + 2 * jobStepMs, (dueMs) => {
    const hosts = entityIds(job).flatMap((id) => tenant.resources.get(id) ?? []);
    const there = hosts.filter(({ state }) => state === 'active');
    for (const { id, hostName } of there) {
      tenant.jobOutputs.push({
        scriptId: scriptIdOf(job),
        id: String(world.nextId()),
        output: `${hostName}: done\n`,
        responseDate: zonedDate(dueMs),
        device: { id, hostName },
        task: { jobId: run.jobId, name: String(job['name']) },
      });
    }
    run.status = there.length === 0 ? 'failed' : 'completed';
  });
  startPatchWork(work, job);
}

function scriptIdOf(job: Row): string {
  const script = (job['script'] ?? {}) as Row;
  const custom = (script['customScript'] ?? {}) as Row;
  return String(custom['id'] ?? script['jobType'] ?? '');
}

/** A job of the patching kind scans first; what is approved is then installed. */
function startPatchWork(work: PatchWork, job: Row): void {
  const script = (job['script'] ?? {}) as Row;
  if (script['jobType'] !== 'missingPatchesDownloadUpdate') return;
  scanPatches(work, entityIds(job));
  installPatches(work, entityIds(job));
}
