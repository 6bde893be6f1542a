/** The plan's faults, as those ask who may be hit by them. */
import type { Limits } from './oracle.ts';
import type { Fault, Place, Plan, PortName, VendorFault } from './plan.ts';
import type { VendorFacts } from './vendors/vendor-facts.ts';

export interface Fate {
  has(what: 'crash-before' | 'crash-after' | 'lost-answer' | 'repeated'): boolean;
  readonly freezeMs: number;
}

export interface Fates {
  at(place: Place): Fate;
  isOut(port: PortName, elapsedMs: number): boolean;
  duplicateAfterMs(host: 'worker' | 'intake', invocation: number): number | undefined;
  vendorFault(request: number): VendorFault | undefined;
  /** What the vendor allows at that instant. */
  vendorLimit(budget: string, elapsedMs: number, facts: VendorFacts): Limits;
  /** Whether others want the permits as well. */
  hasRivals(elapsedMs: number): boolean;
  /** When the version was deployed that starts then. */
  deployedAtMs(elapsedMs: number): number;
  /** At which of its steps whoever works on that job then dies. */
  killedAt(work: number, elapsedMs: number): number | undefined;
  slow(request: number): { readonly thereMs: number; readonly backMs: number } | undefined;
  /** How far the wall clock of that environment is off at that instant, beside its skew. */
  clockStepMs(environment: string, elapsedMs: number): number;
}

type Of<K extends Fault['kind']> = Extract<Fault, { kind: K }>;

const NO_FATE: Fate = { has: () => false, freezeMs: 0 };

export function createFates({ faults, calmAtMs }: Pick<Plan, 'faults' | 'calmAtMs'>): Fates {
  const of = <K extends Fault['kind']>(kind: K): readonly Of<K>[] =>
    faults.filter((fault): fault is Of<K> => fault.kind === kind);
  const placed = new Map<string, Fault[]>();
  for (const fault of faults) {
    if ('step' in fault) placed.set(keyOf(fault), [...(placed.get(keyOf(fault)) ?? []), fault]);
  }
  const outages = of('outage');
  const steps = of('clock-step');
  const byRequest = new Map(of('vendor').map((it) => [it.request, it.fault]));
  const lowered = of('lowered');
  const rivals = of('rivals');
  const killers = of('killer');
  const deploys = of('deploy').map(({ atMs }) => atMs);
  const slow = new Map(of('slow').map((it) => [it.request, it]));
  return {
    at(place) {
      const here = placed.get(keyOf(place));
      return here ? fateOf(here) : NO_FATE;
    },
    isOut: (port, nowMs) =>
      outages.some((it) => it.port === port && within(it.fromMs, it.forMs, nowMs)),
    duplicateAfterMs: (host, invocation) =>
      of('duplicate').find((it) => it.host === host && it.invocation === invocation)?.afterMs,
    vendorFault: (request) => byRequest.get(request),
    slow: (request) => slow.get(request),
    vendorLimit(budget, nowMs, { limits }) {
      const limit = limits[budget];
      if (limit === undefined) throw new RangeError(`${budget} has no limit`);
      const present = lowered.filter(
        (it) => it.budget === budget && within(it.atMs, it.forMs, nowMs),
      );
      const requests = Math.min(limit.requests, ...present.map((it) => it.requests));
      return { ...limit, requests };
    },
    hasRivals: (nowMs) => rivals.some((it) => within(it.fromMs, it.forMs, nowMs)),
    deployedAtMs: (nowMs) => Math.max(0, ...deploys.filter((atMs) => atMs <= nowMs)),
    killedAt: (work, nowMs) =>
      nowMs < calmAtMs ? killers.find((it) => it.work === work)?.killsAt : undefined,
    clockStepMs: (environment, nowMs) =>
      steps
        .filter((it) => environment.endsWith(`-${it.environment}`))
        .filter((it) => within(it.atMs, it.forMs, nowMs))
        .reduce((sum, { byMs }) => sum + byMs, 0),
  };
}

const within = (fromMs: number, forMs: number, nowMs: number): boolean =>
  nowMs >= fromMs && nowMs < fromMs + forMs;

const keyOf = ({ host, invocation, step }: Place): string => `${host} ${invocation} ${step}`;

function fateOf(faults: readonly Fault[]): Fate {
  const names = new Set<string>(
    faults.map((fault) => (fault.kind === 'crash' ? `crash-${fault.when}` : fault.kind)),
  );
  const freezes = faults.flatMap((fault) => (fault.kind === 'freeze' ? [fault.forMs] : []));
  return { has: (what) => names.has(what), freezeMs: Math.max(0, ...freezes) };
}
