/** What the jobs have in common that start patch work, and follow it on the resources named. */
import type { JobContext, JobType } from '../../../jobs/job-type.ts';
import type { Operation, OperationCall } from '../../../jobs/operation.ts';
import { FollowMinutes, type Found, followRun } from './follow-run.ts';
import { FollowedResources } from './resource-status.ts';

export const patchRunFields = { resources: FollowedResources, followMinutes: FollowMinutes };

interface PatchRunParams {
  readonly resources?: readonly (string | number)[] | undefined;
  readonly followMinutes: number;
}

interface PatchRun {
  /** "scan PATCHCOMP-1" */
  readonly what: string;
  readonly call: Omit<OperationCall, 'key'>;
  /** What is read of a resource before the start, to know what comes after it. */
  readonly noteOf: (resource: string) => Promise<string>;
  /** Undefined as long as it is not over there. */
  readonly lookAt: (
    resource: string,
    noted: string | undefined,
  ) => Promise<Omit<Found, 'target'> | undefined>;
}

interface PatchRunJob<Params>
  extends Pick<JobType<Params>, 'type' | 'description' | 'params' | 'example'> {
  readonly operations: readonly Operation[];
  readonly calls: string;
  readonly runOf: (context: JobContext, params: Params) => PatchRun;
}

export const patchRunJob = <Params extends PatchRunParams>({
  operations,
  calls,
  runOf,
  ...names
}: PatchRunJob<Params>): JobType<Params> => ({
  ...names,
  provider: 'opsramp',
  budget: 'other.write',
  shards: 1,
  cost: { operations, calls },
  execute(context, params) {
    const { what, call, noteOf, lookAt } = runOf(context, params);
    return followRun(context, {
      ...{ what, thing: 'resource', call: { ...call, key: 'run' } },
      targets: (params.resources ?? []).map(String),
      followMinutes: params.followMinutes,
      noteOf,
      // A look costs calls for each: what it told of one must not be lost where the next has to wait.
      targetsALook: 1,
      async look([target = ''], { noted }) {
        const over = await lookAt(target, noted[target]);
        return over ? [{ target, ...over }] : [];
      },
    });
  },
});
