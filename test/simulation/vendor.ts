/**
 * The vendor: its simulator for what it does, and in front of it a counter that refuses by the plan's
 * rule, counts at the plan's moment and fails as the plan says. The simulator's own limits are switched
 * off: what is promised must hold for each rule.
 */
import type { InProcessRequest, WireAnswer } from '../../local/simulators/frame/wire.ts';
import { invariant } from '../../shared/kernel/invariant.ts';
import type { Fates } from './fates.ts';
import type { Work } from './plan.ts';
import { createTally } from './tally.ts';
import { failing, type Refusal, refusal, throttling } from './vendor-answers.ts';
import type { Effects, VendorSite, WorkFacts } from './vendors/vendor-facts.ts';
import type { World } from './world.ts';

export interface SimulatedVendor {
  readonly site: VendorSite;
  /** One request of ours, as it reaches the vendor. */
  arrive(request: InProcessRequest, number: number): Promise<WireAnswer>;
  /** How often each thing was done, by what it is: `run 77/1001`. */
  readonly effects: Effects;
  workOf(work: Work): WorkFacts;
  /** For how long the answer with these headers asks that its budget be left alone. */
  toldMs(headers: Headers): number | undefined;
  /** Texts of its answers that nobody may see. */
  readonly tokens: ReadonlySet<string>;
}

type Headers = WireAnswer['headers'];

export function createVendor(world: World, fates: Fates): SimulatedVendor {
  const { clock, plan, oracle, trace, facts } = world;
  const site = facts.open(world);
  const { simulator } = site;
  const limitOf = (budget: string) => fates.vendorLimit(budget, world.elapsedMs(), facts);
  const tally = createTally(plan.vendor.counting, Object.keys(facts.limits), limitOf, clock.nowMs);
  const effects = new Map<string, number>();
  const tokens = new Set<string>();
  const told = new WeakMap<Headers, number>();
  for (const fault of plan.faults) {
    if (fault.kind === 'foreign')
      world.at(fault.atMs, () => tally.spend(fault.budget, fault.calls));
  }

  async function arrive(request: InProcessRequest, number: number): Promise<WireAnswer> {
    const budget = site.budgetOf(request);
    const counted = budget !== undefined && budget in facts.limits ? budget : undefined;
    const workMs = 5 + world.random() * 40;
    if (plan.vendor.countsAt === 'completion') await clock.sleep(workMs);
    if (counted !== undefined) oracle.counted(counted);
    const waitMs = counted === undefined ? 0 : tally.take(counted);
    trace.add(
      'vendor',
      () => `${request.method} ${request.path}${waitMs > 0 ? ' is one too many' : ''}`,
    );
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1_000);
      return refused(refusal(plan.vendor.retryAfter, seconds, clock.nowMs()), counted);
    }
    const fault = fates.vendorFault(number);
    if (fault) trace.add('vendor', () => `fails: ${JSON.stringify(fault)}`);
    if (fault?.kind === 'throttle') return refused(throttling(fault, clock.nowMs()), counted);
    const answer = fault ? failing(fault, () => act(request)) : act(request);
    if (plan.vendor.countsAt === 'arrival') await clock.sleep(workMs);
    return { ...answer, headers: headersOf(answer, counted) };
  }

  function act(request: InProcessRequest): WireAnswer {
    const answer = simulator.handle(request);
    const done = (simulator.arrivals.at(-1)?.effects ?? 0) > 0;
    const what = done ? site.effectOf(request) : undefined;
    if (what !== undefined) effects.set(what, (effects.get(what) ?? 0) + 1);
    const token = site.tokenIn(answer);
    if (token !== undefined) tokens.add(token);
    return answer;
  }

  function refused({ answer, retryAfterMs }: Refusal, budget: string | undefined): WireAnswer {
    const headers = headersOf(answer, budget);
    const waitMs = budget === undefined ? 0 : tally.standing(budget).waitMs;
    const tellsReset = Object.keys(headers).some((name) => name.endsWith('-reset'));
    // Told in whole seconds, which some vendors cut.
    const resetMs = tellsReset ? Math.floor(waitMs / 1_000) * 1_000 : undefined;
    const wantedMs = retryAfterMs ?? resetMs;
    if (wantedMs !== undefined) told.set(headers, wantedMs);
    return { ...answer, headers };
  }

  /** In lower case, as a client gets them. */
  function headersOf({ headers }: WireAnswer, budget: string | undefined): Headers {
    const nowMs = clock.nowMs();
    const rate =
      budget === undefined
        ? {}
        : site.rateHeaders({ ...tally.standing(budget), nowMs }, plan.vendor);
    const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    return { date: new Date(nowMs).toUTCString(), ...Object.fromEntries(given), ...rate };
  }

  return {
    site,
    effects,
    tokens,
    arrive,
    toldMs: (headers) => told.get(headers),
    workOf(work) {
      const make = site.works[work.kind];
      invariant(make !== undefined, `${plan.vendor.name} has no work of kind ${work.kind}`);
      // What was asked for and takes a while is done by now, or not.
      simulator.advance();
      return make(work, effects);
    },
  };
}
