import { sha256Hex } from '../../shared/kernel/ids.ts';
import type { CountedCall, PlacedJob } from './run-facts.ts';
import { batchBody, OPERATION } from './work.ts';

/** What the vendor's log has of each arrival. */
export interface LoggedArrival {
  readonly atMs: number;
  readonly operation: string;
  readonly status?: number;
  readonly bodyDigest?: string;
}

/** The calls of the jobs in the vendor's own log, in the order in which it counted them. */
export function callsOf(
  arrivals: readonly LoggedArrival[],
  jobs: readonly Pick<PlacedJob, 'key'>[],
  device: number,
): CountedCall[] {
  const keys = new Map(jobs.map(({ key }) => [sha256Hex(batchBody(device, key)), key]));
  return arrivals
    .filter(({ operation }) => operation === OPERATION)
    .map(({ atMs, status = 0, bodyDigest = '' }) => ({
      atMs,
      status,
      key: keys.get(bodyDigest) ?? 'unknown',
    }));
}

export const isAccepted = (status: number): boolean => status >= 200 && status < 300;
