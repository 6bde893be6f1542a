/** From what was seen to the figures. Pure. */

import type { LimitAudit } from '../../local/simulators/frame/admission.ts';
import type { TableCall } from '../../local/stack/table-calls.ts';
import { sum } from '../../shared/kernel/sum.ts';

export interface Facts {
  readonly jobs: number;
  /** The vendor's own count of the limit at work. */
  readonly limit: LimitAudit | undefined;
  /** The limited calls at the vendor, in order of arrival. */
  readonly arrivals: readonly { readonly atMs: number; readonly bodyDigest: string | undefined }[];
  readonly urgentDigest: string;
  readonly tableCalls: readonly TableCall[];
  /** Message ids of each batch that the lane handed to a worker. */
  readonly batches: readonly (readonly string[])[];
}

export interface Figures {
  readonly jobs: number;
  readonly calls: number;
  /** Seconds from the first call. */
  readonly offsets: readonly number[];
  /** Shortest and longest, in seconds, from a call to the one that takes its place in the window. */
  readonly cycle: { readonly min: number; readonly max: number };
  readonly fullestWindow: number;
  readonly windowLimit: number;
  readonly throttled: number;
  readonly receivesMean: number;
  readonly receivesMax: number;
  /** The urgent job's call among all, from 1; 0 where it was not seen. */
  readonly urgentPlace: number;
  /** By table, those that a condition refused beside those that were made: DynamoDB bills both. */
  readonly writesPerCall: Readonly<Record<string, number>>;
  readonly writesPerCallInAll: number;
}

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

export function measure(facts: Facts): Figures {
  const { arrivals, limit, batches, tableCalls } = facts;
  const firstAtMs = arrivals[0]?.atMs ?? 0;
  const receives = [...tally(batches.flat()).values()];
  const writes = tableCalls.filter(({ operation }) => WRITES.has(operation));
  const perCall = (count: number): number => rounded(count / arrivals.length);
  const byTable = tally(
    writes.map(({ table, status }) => `${table}${status === 200 ? '' : ' refused'}`),
  );
  return {
    jobs: facts.jobs,
    calls: arrivals.length,
    offsets: arrivals.map(({ atMs }) => (atMs - firstAtMs) / 1000),
    cycle: cycleOf(
      arrivals.map(({ atMs }) => atMs),
      limit?.limit ?? 0,
    ),
    fullestWindow: limit?.fullest ?? 0,
    windowLimit: limit?.limit ?? 0,
    throttled: limit?.refused ?? 0,
    receivesMean: rounded(sum(receives) / receives.length),
    receivesMax: Math.max(0, ...receives),
    urgentPlace: arrivals.findIndex(({ bodyDigest }) => bodyDigest === facts.urgentDigest) + 1,
    writesPerCall: Object.fromEntries([...byTable].map(([name, n]) => [name, perCall(n)])),
    writesPerCallInAll: perCall(writes.length),
  };
}

function cycleOf(atMs: readonly number[], places: number): Figures['cycle'] {
  const cycles = atMs.slice(places).map((nextMs, index) => nextMs - (atMs[index] ?? 0));
  return { min: Math.min(...cycles) / 1000, max: Math.max(...cycles) / 1000 };
}

function tally(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
