/**
 * The way to the vendor and back, drawn from a seed: the nth request of every row has the same delays,
 * whoever sends it. Pure; whoever carries the requests does the waiting.
 */
import { seededRandom } from '../../shared/kernel/random.ts';
import type { Scenario } from './scenarios.ts';

export interface Journey {
  readonly thereMs: number;
  readonly backMs: number;
}

export interface Network {
  /** Of the next request. */
  next(): Journey;
  /** The seconds of Retry-After that a request counted at `elapsedMs` is refused with, if it is. */
  refusalSeconds(elapsedMs: number): number | undefined;
}

/** Loopback has no distance of its own. */
const THERE_MIN_MS = 15;
const BACK_MIN_MS = 25;
const BACK_SPREAD_MS = 20;

/** Which of each hundred answers is the slow one: early, so that a short run meets it too. */
const SLOW_OF_HUNDRED = 17;

/** A slow answer is late, not lost: below the 15 s after which a call is given up. */
const SLOW_MAX_MS = 14_000;

export function createNetwork(scenario: Scenario, windowMs: number, seed = 1): Network {
  const random = seededRandom(seed);
  const lateMs = slowMs(scenario, windowMs);
  let requests = 0;
  return {
    next() {
      const isSlow = requests % 100 === SLOW_OF_HUNDRED;
      requests += 1;
      return {
        thereMs: THERE_MIN_MS + random() * scenario.jitterWindows * windowMs,
        backMs: BACK_MIN_MS + random() * BACK_SPREAD_MS + (isSlow ? lateMs : 0),
      };
    },
    refusalSeconds(elapsedMs) {
      const { storm } = scenario;
      if (storm === undefined || elapsedMs < storm.fromWindows * windowMs) return undefined;
      const leftMs = storm.toWindows * windowMs - elapsedMs;
      return leftMs <= 0 ? undefined : Math.ceil(leftMs / 1_000);
    },
  };
}

const slowMs = ({ slowWindows = 0 }: Scenario, windowMs: number): number =>
  Math.min(SLOW_MAX_MS, slowWindows * windowMs);

/** There and back. */
export const meanJourneyMs = (scenario: Scenario, windowMs: number): number =>
  THERE_MIN_MS +
  (scenario.jitterWindows * windowMs) / 2 +
  BACK_MIN_MS +
  BACK_SPREAD_MS / 2 +
  slowMs(scenario, windowMs) / 100;
