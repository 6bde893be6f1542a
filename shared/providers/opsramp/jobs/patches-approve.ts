/**
 * `opsramp.patches.approve`: approves patches for resources, or takes the approval back, one call for
 * each resource.
 *
 * OpsRamp answers 200 also where it does not know some of the patches: those are in the result, and
 * the job is then `partial`.
 */
import * as z from 'zod';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import { count } from '../../../jobs/count.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { failedItems, findTotalFailure, resumeWork, WorkList } from '../../../jobs/work-list.ts';
import { workThrough } from '../../../jobs/work-through.ts';
import { sum } from '../../../kernel/sum.ts';
import { requestsAMinute } from '../limits.ts';
import { PatchId } from '../operations/patching.ts';
import { Id } from '../operations/rows.ts';
import { operations } from '../operations.ts';
import { tenantOf } from '../tenant.ts';
import { partialRefusal } from './partial-refusal.ts';

export const PatchesApproveParams = z.strictObject({
  resources: z.array(Id).min(1).max(1_000).describe('For these resources.'),
  patches: z.array(PatchId).min(1).max(100).describe('These patches, by id.'),
  decision: z
    .enum(['approve', 'unapprove'])
    .default('approve')
    .describe('Approve them, or take the approval back.'),
});
export type PatchesApproveParams = z.output<typeof PatchesApproveParams>;

const Checkpoint = z.object({
  work: WorkList,
  /** By the place of the resource in the list. */
  invalid: z.record(z.string(), z.array(z.string())),
});
type Checkpoint = z.output<typeof Checkpoint>;

export const patchesApprove: JobType<PatchesApproveParams> = {
  type: 'opsramp.patches.approve',
  provider: 'opsramp',
  description: 'Approves patches for resources, or takes the approval back.',
  params: PatchesApproveParams,
  example: {
    resources: ['0d9a3a4e-2f3f-4f6e-9b9e-5c1a2b3c4d5e'],
    patches: ['PATCH-00000001', 'PATCH-00000002'],
  },
  budget: 'device.write',
  // An approval and its withdrawal must not change places.
  shards: 1,
  cost: {
    operations: [operations.approvePatches, operations.unapprovePatches],
    calls: 'one for each resource',
  },
  execute: approvePatches,
};

async function approvePatches(context: JobContext, params: PatchesApproveParams): Promise<JobEnd> {
  const resources = [...new Set(params.resources.map(String))];
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  const begun = resumeWork(stored?.work, context.run, resources.length);
  let invalid = stored?.invalid ?? {};
  const work = await workThrough(context, begun, {
    unit: 'resources',
    itemsAMinute: requestsAMinute('device.write', tenantOf(context.account).scope),
    checkpointOf: (at): Checkpoint => ({ work: at, invalid }),
    async perform(item) {
      const refused = await decide(context, params, resources[item] ?? '');
      if (refused.length > 0) invalid = { ...invalid, [item]: refused };
    },
  });
  const failure = findTotalFailure(work, resources.length);
  if (failure) throw failure;
  return endOf(context, params, resources, { work, invalid });
}

async function decide(
  context: JobContext,
  { patches, decision }: PatchesApproveParams,
  resource: string,
): Promise<readonly string[]> {
  const approves = decision === 'approve';
  const { body } = await context.call({
    operation: approves ? operations.approvePatches : operations.unapprovePatches,
    key: `resource-${resource}`,
    path: { id: resource },
    body: patches,
  });
  return partialRefusal(body).ids;
}

function endOf(
  { observing }: JobContext,
  { decision }: PatchesApproveParams,
  resources: readonly string[],
  { work, invalid }: Checkpoint,
): JobEnd {
  const refused = Object.entries(invalid).map(([item, patches]) => ({
    resource: resources[Number(item)] ?? '',
    patches,
  }));
  const failed = work.failed.map(({ items, code, problem }) => ({
    code,
    problem,
    resources: items.flatMap((item) => resources[item] ?? []),
  }));
  const failures = failedItems(work).length;
  const verb = observing ? `would ${decision}` : `${decision}d`;
  const summary = [
    `${verb} patches of ${count(resources.length - failures, 'resource')}`,
    ...(refused.length > 0
      ? [`${sum(refused.map(({ patches }) => patches.length))} patches not known there`]
      : []),
    ...(failures > 0 ? [`${failures} resources refused`] : []),
  ].join(', ');
  const complete = failures + refused.length === 0;
  const data = { decision, resources: resources.length, invalidPatches: refused, failed };
  return { status: complete ? 'succeeded' : 'partial', summary, data };
}
