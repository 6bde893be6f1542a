/** What becomes of one request at a vendor: when it counts it, and when, if ever, it answers. */
import { seconds } from '../../../../shared/kernel/duration.ts';
import type { Random } from '../../../../shared/kernel/random.ts';

/** Latencies go beyond what any client waits for. */
const LATENCY_MAX_MS = seconds(17);

/** How long after the end of its socket a request may still be counted. */
const COUNTED_LATE_MS = seconds(3);

export interface SentCall {
  readonly sentAtMs: number;
  /** When the client destroys the socket: the HTTP timeout, or its own death. */
  readonly destroyedAtMs: number;
  readonly slowShare: number;
}

export interface ModelVendor {
  /** The instants at which requests were counted, in no order. */
  readonly counts: readonly number[];
  /** Answers the instant of the answer, or undefined where none comes before the socket is gone. */
  receive(call: SentCall): number | undefined;
}

export function createModelVendor(random: Random): ModelVendor {
  const counts: number[] = [];
  return {
    counts,
    receive({ sentAtMs, destroyedAtMs, slowShare }) {
      const latencyMs = random() < slowShare ? random() * LATENCY_MAX_MS : 20 + random() * 400;
      const answeredAtMs = sentAtMs + latencyMs;
      const answered = answeredAtMs <= destroyedAtMs;
      const latestMs = answered ? answeredAtMs : destroyedAtMs + COUNTED_LATE_MS;
      counts.push(sentAtMs + share(random) * (latestMs - sentAtMs));
      return answered ? answeredAtMs : undefined;
    },
  };
}

/** Often one of the ends: the vendor counts at arrival, or only as it answers. */
function share(random: Random): number {
  const pick = random();
  if (pick < 0.3) return 0;
  return pick < 0.6 ? 1 : random();
}
