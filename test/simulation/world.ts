/** What every part of a simulated history shares: true time, the plan, the oracle, the trace. */
import { type Random, seededRandom } from '../../shared/kernel/random.ts';
import { createVirtualClock, type VirtualClock } from '../support/virtual-clock.ts';
import { configuredSince } from './configured.ts';
import { createOracle, type Oracle } from './oracle.ts';
import type { Place, Plan } from './plan.ts';
import { createTrace, noTrace, type Trace } from './trace.ts';
import { factsOfPlan } from './vendors/all-vendors.ts';
import type { VendorFacts } from './vendors/vendor-facts.ts';

export interface Receives {
  readonly count: number;
  readonly firstMs: number;
  readonly recentMs: readonly number[];
}

export interface World {
  readonly plan: Plan;
  readonly facts: VendorFacts;
  /** True time: of the queues, the vendor and the oracle. No host sees it. */
  readonly clock: VirtualClock;
  readonly startMs: number;
  readonly random: Random;
  readonly oracle: Oracle;
  readonly trace: Trace;
  /** Every call of a port that was begun, in order. */
  readonly places: Place[];
  /** How often each message of the lane was received, when first, and the last few times. */
  readonly receives: Map<string, Receives>;
  /** Milliseconds since the beginning. */
  elapsedMs(): number;
  at(elapsedMs: number, run: () => void): void;
}

export function createWorld(plan: Plan, traced: boolean): World {
  const clock = createVirtualClock();
  const startMs = clock.nowMs();
  const elapsedMs = (): number => clock.nowMs() - startMs;
  return {
    plan,
    facts: factsOfPlan(plan),
    clock,
    startMs,
    random: seededRandom(plan.seed ^ 0x5eed),
    oracle: createOracle(elapsedMs, configuredSince(plan, elapsedMs)),
    places: [],
    receives: new Map(),
    trace: traced ? createTrace(elapsedMs) : noTrace,
    elapsedMs,
    at: (atMs, run) => {
      clock.setTimer(startMs + atMs, run);
    },
  };
}
