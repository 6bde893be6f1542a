/** The plan's faults, as those ask who may be hit by them. */
import type { Fault, Place, PortName, VendorFault } from './plan.ts';

export interface Fate {
  has(what: 'crash-before' | 'crash-after' | 'lost-answer' | 'repeated'): boolean;
  readonly freezeMs: number;
}

export interface Fates {
  at(place: Place): Fate;
  isOut(port: PortName, elapsedMs: number): boolean;
  duplicateAfterMs(host: 'worker' | 'intake', invocation: number): number | undefined;
  vendorFault(request: number): VendorFault | undefined;
  slow(request: number): { readonly thereMs: number; readonly backMs: number } | undefined;
  /** How far the wall clock of that environment is off at that instant, beside its skew. */
  clockStepMs(environment: string, elapsedMs: number): number;
}

type Of<K extends Fault['kind']> = Extract<Fault, { kind: K }>;

const NO_FATE: Fate = { has: () => false, freezeMs: 0 };

export function createFates(faults: readonly Fault[]): Fates {
  const of = <K extends Fault['kind']>(kind: K): readonly Of<K>[] =>
    faults.filter((fault): fault is Of<K> => fault.kind === kind);
  const placed = new Map<string, Fault[]>();
  for (const fault of faults) {
    if ('step' in fault) placed.set(keyOf(fault), [...(placed.get(keyOf(fault)) ?? []), fault]);
  }
  const outages = of('outage');
  const steps = of('clock-step');
  const byRequest = new Map(of('vendor').map((it) => [it.request, it.fault]));
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
