/** `opsramp.resource.update`: changes names and description of a resource; the rest stays. */
import * as z from 'zod';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { resourceChanges } from '../operations/resources.ts';
import { Id } from '../operations/rows.ts';
import { operations } from '../operations.ts';

export const ResourceUpdateParams = z.strictObject({
  resourceId: Id.describe('The resource.'),
  changes: z
    .strictObject(resourceChanges)
    .refine((changes) => Object.keys(changes).length > 0, 'must change something')
    .describe('What changes.'),
});
export type ResourceUpdateParams = z.output<typeof ResourceUpdateParams>;

export const resourceUpdate: JobType<ResourceUpdateParams> = {
  type: 'opsramp.resource.update',
  provider: 'opsramp',
  description: 'Changes names and description of a resource.',
  params: ResourceUpdateParams,
  example: {
    resourceId: '0d9a3a4e-2f3f-4f6e-9b9e-5c1a2b3c4d5e',
    changes: { aliasName: 'till-07', description: 'Front till, left' },
  },
  budget: 'device.write',
  // Two changes of one resource must not change places.
  shards: 1,
  cost: {
    operations: [operations.updateResource],
    calls: 'one',
  },
  execute: updateResource,
};

async function updateResource(
  context: JobContext,
  { resourceId, changes }: ResourceUpdateParams,
): Promise<JobEnd> {
  const body = Object.fromEntries(
    Object.entries(changes).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
  await context.call({
    operation: operations.updateResource,
    key: 'update',
    path: { id: resourceId },
    body,
  });
  const changed = Object.keys(body);
  const did = context.observing ? 'would change' : 'changed';
  return {
    status: 'succeeded',
    summary: `${did} ${changed.join(', ')} of resource ${resourceId}`,
    data: { resourceId, changed },
  };
}
