/**
 * `automox.policy.run`: runs a policy now, on all of its devices or on those listed.
 *
 * Guarantees: no call is repeated that Automox may have carried out. A device whose call got no answer
 * is reported as uncertain and the others go on; a retry of the job is the decision to send again, and
 * sends what failed, what is uncertain and what was not reached.
 *
 * The end of the job says that Automox took the call. With `followUp` the job comes back, by later
 * deliveries, until the run has a result on every device or the time is up.
 */
import * as z from 'zod';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import { endOfIdWork } from '../../../jobs/id-work.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import type { OperationCall } from '../../../jobs/operation.ts';
import { findTotalFailure, resumeWork, WorkList } from '../../../jobs/work-list.ts';
import { workThrough } from '../../../jobs/work-through.ts';
import { Id } from '../device-selection.ts';
import { ACCOUNT_LINES } from '../limits.ts';
import { operations } from '../operations.ts';
import { beginFollow, Follow, followRun } from './follow-policy-run.ts';

/** Each device is a call, and each call writes the whole row: more are better served by a group. */
const DEVICES_MAX = 2_000;

const FollowUp = z.strictObject({
  forMinutes: z
    .int()
    .min(1)
    .max(1_440)
    .describe('How long to wait for the results, at most; the job then ends without the rest.'),
});

export const PolicyRunParams = z
  .strictObject({
    policyId: Id.describe('The policy.'),
    devices: z
      .array(Id)
      .min(1)
      .max(DEVICES_MAX)
      .optional()
      .describe('Run it on these devices only, a call each; default all devices of the policy.'),
    followUp: FollowUp.optional().describe('Of a run on all devices: wait for its results.'),
  })
  .refine(({ devices, followUp }) => devices === undefined || followUp === undefined, {
    path: ['followUp'],
    error: 'cannot be given with "devices": Automox does not tell their runs apart',
  });
export type PolicyRunParams = z.output<typeof PolicyRunParams>;

const Checkpoint = z.object({ work: WorkList, follow: Follow.exactOptional() });
type Checkpoint = z.output<typeof Checkpoint>;

export const policyRun: JobType<PolicyRunParams> = {
  type: 'automox.policy.run',
  provider: 'automox',
  description: 'Runs a policy now, on all of its devices or on those listed.',
  params: PolicyRunParams,
  example: { policyId: 77, devices: [1840112, 1840113] },
  budget: 'account',
  // A run changes no policy, so runs do not care for each other's order.
  shards: ACCOUNT_LINES,
  cost: {
    operations: [operations.runPolicy, operations.listOrganizations, operations.listPolicyRuns],
    calls: 'one, or one for each device; to follow it one for each look',
  },
  execute: runPolicy,
};

async function runPolicy(context: JobContext, params: PolicyRunParams): Promise<JobEnd> {
  const { policyId, followUp } = params;
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  const follows = followUp !== undefined && !context.observing;
  const follow = stored?.follow ?? (follows ? await beginFollow(context, policyId) : undefined);
  const withFollow = (work: WorkList): Checkpoint => ({ work, ...(follow && { follow }) });
  const devices = params.devices && [...new Set(params.devices)];
  const calls = callsOf(policyId, devices);
  const begun = resumeWork(stored?.work, context.run, calls.length);
  context.checkpointAt(withFollow(begun));
  const work = await workThrough(context, begun, {
    unit: devices ? 'devices' : 'calls',
    checkpointOf: withFollow,
    async perform(item) {
      const call = calls[item];
      if (call) await context.call(call);
    },
  });
  const failure = findTotalFailure(work, calls.length);
  if (failure) throw failure;
  if (devices) return endOfDevices(context, policyId, devices, work);
  if (!followUp || !follow) return endOfAll(context, params);
  const keep = (next: Follow) => context.checkpointAt({ work, follow: next } satisfies Checkpoint);
  return followRun(context, { policyId, forMinutes: followUp.forMinutes, keep }, follow);
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

const endOfDevices = (
  { observing }: JobContext,
  policyId: number,
  devices: readonly number[],
  work: WorkList,
): JobEnd =>
  endOfIdWork(work, {
    ids: devices,
    thing: 'device',
    did: `${observing ? 'would run' : 'started'} policy ${policyId} on`,
    unknown: 'it may or may not run there',
    wellKey: 'started',
    data: { policyId },
  });
