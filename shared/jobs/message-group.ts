import { sha256Hex } from '../kernel/ids.ts';
import type { JobType } from './job-type.ts';

export interface GroupParts {
  readonly account: string;
  readonly tenant: string;
  readonly priority: 'normal' | 'urgent';
  readonly jobId: string;
}

/**
 * The SQS message group of a job: `account/budget/tenant/priority/shard`. One line per budget and
 * tenant, so that only the head asks for a permit and no tenant waits behind another. At most 128
 * characters (SQS): 32 + 32 + 48 + 6 and a shard.
 */
export function messageGroup(type: Pick<JobType, 'budget' | 'shards'>, parts: GroupParts): string {
  const tenant = parts.tenant.length <= 40 ? parts.tenant : sha256Hex(parts.tenant).slice(0, 40);
  const shard = shardOf(parts.jobId, type.shards);
  return [parts.account, type.budget, tenant, parts.priority, shard].join('/');
}

/** The budget that names the line of a message group. */
export const budgetOfGroup = (group: string): string => group.split('/')[1] ?? '';

const shardOf = (jobId: string, shards: number): number =>
  shards === 1 ? 0 : Number.parseInt(sha256Hex(jobId).slice(0, 8), 16) % shards;
