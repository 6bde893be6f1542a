/** Every request that arrived, in order, and what became of it: the vendor's side of the story. */
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import type { Delivery, WireAnswer, WireHead } from './wire.ts';

export interface Arrival {
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Method and path pattern, such as `POST /servers/batch`. */
  readonly operation: string;
  /** Absent while the request is being read. */
  status?: number;
  delivery?: Delivery;
  bodyDigest?: string;
  /** How many things the request changed. */
  effects: number;
}

interface Write {
  readonly atMs: number;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly bodyDigest: string;
  readonly status: number;
  readonly delivery: Delivery;
  readonly effects: number;
}

export interface ArrivalCounts {
  readonly arrivals: number;
  readonly operations: Readonly<Record<string, number>>;
  readonly statuses: Readonly<Record<string, number>>;
  /**
   * Each request other than GET that was answered, throttled and rejected ones included, and each GET
   * that changed something all the same.
   */
  readonly writes: readonly Write[];
}

export interface ArrivalLog {
  readonly all: readonly Arrival[];
  add(head: WireHead, operation: string, atMs: number): Arrival;
  close(arrival: Arrival, body: Uint8Array, answer: WireAnswer): void;
  counts(): ArrivalCounts;
  reset(): void;
}

export function createArrivalLog(): ArrivalLog {
  const all: Arrival[] = [];
  return {
    all,
    add({ method, path, query }, operation, atMs) {
      const arrival = { atMs, method, path, query: query.toString(), operation, effects: 0 };
      all.push(arrival);
      return arrival;
    },
    close(arrival, body, { status, delivery }) {
      const bodyDigest = sha256Hex(body);
      Object.assign(arrival, { status, delivery, bodyDigest });
    },
    counts: () => ({
      arrivals: all.length,
      operations: tally(all.map(({ operation }) => operation)),
      statuses: tally(all.map(({ status }) => String(status ?? 'unanswered'))),
      writes: all.flatMap(writeOf),
    }),
    reset: () => {
      all.length = 0;
    },
  };
}

function writeOf(arrival: Arrival): Write[] {
  const { atMs, operation, method, path, bodyDigest, status, delivery, effects } = arrival;
  if ((method === 'GET' && effects === 0) || status === undefined) return [];
  if (bodyDigest === undefined || delivery === undefined) return [];
  return [{ atMs, operation, method, path, bodyDigest, status, delivery, effects }];
}

function tally(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}
