/**
 * `automox.policy.run`: runs a policy now, on all of its devices or on those listed.
 *
 * Guarantees: no call is repeated that Automox may have carried out. A device whose call got no answer
 * is reported as uncertain and the others go on; a retry of the job is the decision to send again, and
 * sends what failed, what is uncertain and what was not reached.
 *
 * The end of the job says that Automox took the call. What the policy then does on each device is not
 * awaited: the answer has no run id that could be asked for.
 */
import * as z from 'zod';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import type { OperationCall } from '../../../jobs/operation.ts';
import { Id } from '../device-selection.ts';
import { operations } from '../operations.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { count } from './count.ts';
import { failedItems, findTotalFailure, resumeWork, WorkList } from './work-list.ts';
import { workThrough } from './work-through.ts';

/** Each device is a call, and each call writes the whole row: more are better served by a group. */
const DEVICES_MAX = 2_000;

export const PolicyRunParams = z.strictObject({
  policyId: Id.describe('The policy.'),
  devices: z
    .array(Id)
    .min(1)
    .max(DEVICES_MAX)
    .optional()
    .describe('Run it on these devices only, a call each; default all devices of the policy.'),
});
export type PolicyRunParams = z.output<typeof PolicyRunParams>;

export const policyRun: JobType<PolicyRunParams> = {
  type: 'automox.policy.run',
  provider: 'automox',
  description: 'Runs a policy now, on all of its devices or on those listed.',
  params: PolicyRunParams,
  example: { policyId: 77, devices: [1840112, 1840113] },
  budget: 'account',
  // A run changes no policy, so runs do not care for each other's order.
  shards: 4,
  execute: runPolicy,
};

async function runPolicy(context: JobContext, params: PolicyRunParams): Promise<JobEnd> {
  const devices = params.devices && [...new Set(params.devices)];
  const calls = callsOf(params.policyId, devices);
  const stored = parseCheckpoint(WorkList, context.checkpoint);
  const work = await workThrough(context, resumeWork(stored, context.run, calls.length), {
    unit: devices ? 'devices' : 'calls',
    checkpointOf: (at) => at,
    async perform(item) {
      const call = calls[item];
      if (call) await context.call(call);
    },
  });
  const failure = findTotalFailure(work, calls.length);
  if (failure) throw failure;
  return devices ? endOf(context, params.policyId, devices, work) : endOfAll(context, params);
}

function callsOf(policyId: number, devices: readonly number[] | undefined): OperationCall[] {
  const run = { operation: operations.runPolicy, path: { id: policyId } };
  if (!devices) return [{ ...run, key: 'run', body: { action: 'remediateAll' } }];
  return devices.map((serverId) => ({
    ...run,
    key: `device-${serverId}`,
    body: { action: 'remediateServer', serverId },
  }));
}

const endOfAll = ({ observing }: JobContext, { policyId }: PolicyRunParams): JobEnd => ({
  status: 'succeeded',
  summary: `${observing ? 'would run' : 'started'} policy ${policyId} on all of its devices`,
  data: { policyId },
});

function endOf(
  { observing }: JobContext,
  policyId: number,
  devices: readonly number[],
  work: WorkList,
): JobEnd {
  const idsOf = (items: readonly number[]) => items.flatMap((item) => devices[item] ?? []);
  const failed = work.failed.map(({ items, code, problem }) => ({
    code,
    problem,
    devices: idsOf(items),
  }));
  const uncertain = idsOf(work.uncertain);
  const refused = failedItems(work).length;
  const started = devices.length - refused - uncertain.length;
  const verb = observing ? 'would run' : 'started';
  const summary = [
    `${verb} policy ${policyId} on ${count(started, 'device')}`,
    ...(refused > 0 ? [`${refused} failed`] : []),
    ...(uncertain.length > 0 ? [`${uncertain.length} uncertain: it may or may not run there`] : []),
  ].join(', ');
  const data = { policyId, devices: devices.length, started, failed, uncertain };
  const complete = refused + uncertain.length === 0;
  return { status: complete ? 'succeeded' : 'partial', summary, data };
}
