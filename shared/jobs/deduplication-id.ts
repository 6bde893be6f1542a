import type { Job } from './job.ts';
import { REPEATED_SEND_MS } from './ports.ts';

/**
 * By which SQS knows a message that it has: it drops a second one with the same id for five minutes.
 * The SDK's repeat of one send is dropped so, and submitters that race for one key. A later send must
 * not be: the first message may have been given up meanwhile, its row never written.
 */
export const deduplicationId = (
  { id, run, version }: Pick<Job, 'id' | 'run' | 'version'>,
  nowMs: number,
): string => `${id}-${run}-${version}-${Math.floor(nowMs / REPEATED_SEND_MS)}`;
