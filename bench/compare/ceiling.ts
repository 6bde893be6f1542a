/**
 * The most that Sluice's own rule allows in a scenario: a place is used once in the window, the clock
 * allowance, and the call's way there and back; what a kill or a storm takes is taken off. Pure.
 */
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
  const downMs = (windowsOf(scenario.storm) + windowsOf(scenario.storeDown)) * windowMs;
  return (leastWindows * windowMs) / (spanMs + killedMs + downMs);
}

const windowsOf = (span: Span | undefined): number =>
  span === undefined ? 0 : span.toWindows - span.fromWindows;
