import { sha256Hex } from '../kernel/ids.ts';
import type { JobType } from './job-type.ts';

export interface GroupParts {
  readonly account: string;
  readonly tenant: string;
  readonly priority: 'normal' | 'urgent';
  readonly jobId: string;
}

export interface Line extends Pick<JobType, 'budget' | 'shards'> {
  /** Of a type that is `oneAtATime`: its name. */
  readonly only?: string;
}

/**
 * The SQS message group of a job: `account/budget/tenant/priority/shard`. One line per budget and
 * tenant, so that only the head asks for a permit and no tenant waits behind another. At most 128
 * characters (SQS): 32 + 32 + 48 + 6 and a shard. A type whose jobs go on one at a time has the line
 * `account/budget/type`.
 */
export function messageGroup({ budget, shards, only }: Line, parts: GroupParts): string {
  if (only !== undefined) return [parts.account, budget, only].join('/');
  const tenant = parts.tenant.length <= 40 ? parts.tenant : sha256Hex(parts.tenant).slice(0, 40);
  const shard = shardOf(parts.jobId, shards);
  return [parts.account, budget, tenant, parts.priority, shard].join('/');
}

/** The budget that names the line of a message group. */
export const budgetOfGroup = (group: string): string => group.split('/')[1] ?? '';

const shardOf = (jobId: string, shards: number): number =>
  shards === 1 ? 0 : Number.parseInt(sha256Hex(jobId).slice(0, 8), 16) % shards;
