/**
 * What Sluice's own rule allows in a scenario: a place is used once in the window, the clock allowance,
 * and the call's way there and back; what a kill or a storm takes at least is taken off. Delays are
 * means, so that a run can come out a little above it. Pure.
 */
import { sum } from '../../shared/kernel/sum.ts';
import { CLOCK_ALLOWANCE_MS, UNSETTLED_BOUND_MS } from '../../shared/limiter/timings.ts';
import { meanJourneyMs } from './network.ts';
import { LIMIT, type Scale, type Scenario, type Span } from './scenarios.ts';

/** Undefined where the scenario has no backlog to speak of. */
export function ceilingOf(scenario: Scenario, windowMs: number, scale: Scale): number | undefined {
  if (!scenario.backlog) return undefined;
  const cycleMs = windowMs + CLOCK_ALLOWANCE_MS + meanJourneyMs(scenario, windowMs);
  const leastWindows = Math.floor((scenario.jobs(scale).length - LIMIT) / LIMIT);
  const spanMs = leastWindows * cycleMs;
  // A killed worker's permit keeps the bound that it had before the call was sent.
  const killedMs = ((scenario.kills?.times[scale] ?? 0) * UNSETTLED_BOUND_MS) / LIMIT;
  const downMs = [scenario.storm, scenario.storeDown].map((span) =>
    lostMs(span, windowMs, cycleMs),
  );
  return (leastWindows * windowMs) / (spanMs + killedMs + sum(downMs));
}

/** Places that were used just before come free a cycle later: for so long nothing is lost. */
const lostMs = (span: Span | undefined, windowMs: number, cycleMs: number): number =>
  span === undefined ? 0 : Math.max(0, (span.toWindows - span.fromWindows) * windowMs - cycleMs);
