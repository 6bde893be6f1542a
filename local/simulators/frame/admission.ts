/**
 * Counts what arrives and refuses what is over a limit, by a log of arrivals of its own.
 *
 * Guarantees, unless the limit is anchored: no half-open window of `windowMs`, wherever it starts,
 * holds more than `requests` admitted requests of one scope. A request that any limit refuses spends
 * none of them, and the audit still counts it: `fullest` above `limit` means that the client broke
 * the limit.
 */
import { fullestWindow } from './fullest-window.ts';
import type { WireHead } from './wire.ts';

export interface LimitRule<Caller> {
  readonly name: string;
  readonly requests: number;
  readonly windowMs: number;
  /** Once broken, everything under this limit is refused for this long. */
  readonly lockMs?: number;
  /** The window opens with its first request and then starts anew; it slides when absent. */
  readonly anchored?: boolean;
  readonly source: string;
  /** Whose counter the request falls under; undefined when the limit does not concern it. */
  readonly scopeOf: (head: WireHead, caller: Caller) => string | undefined;
}

/** Where one limit stands after the request was counted. */
export interface Standing {
  readonly name: string;
  readonly limit: number;
  readonly remaining: number;
  readonly windowMs: number;
  /** When the oldest request that still counts stops counting. */
  readonly resetAtMs: number;
}

export interface Verdict {
  readonly standings: readonly Standing[];
  /** Absent when the request was admitted. */
  readonly refused?: { readonly limits: readonly string[]; readonly freeAtMs: number };
}

interface ScopeAudit {
  readonly fullest: number;
  readonly arrivals: number;
  readonly refused: number;
}

export interface LimitAudit extends ScopeAudit {
  readonly limit: number;
  readonly windowMs: number;
  readonly scopes: Readonly<Record<string, ScopeAudit>>;
}

export interface Admission<Caller> {
  arrive(head: WireHead, caller: Caller, nowMs: number): Verdict;
  audit(): Readonly<Record<string, LimitAudit>>;
  reset(): void;
}

interface Counter {
  readonly rule: Omit<LimitRule<never>, 'scopeOf'>;
  readonly scope: string;
  readonly arrivalsMs: number[];
  /** Admitted within the last window, oldest first. */
  recentMs: number[];
  refused: number;
  lockedUntilMs: number;
}

export function createAdmission<Caller>(rules: readonly LimitRule<Caller>[]): Admission<Caller> {
  const counters = new Map<string, Counter>();
  return {
    arrive(head, caller, nowMs) {
      const concerned = rules.flatMap((rule) => {
        const scope = rule.scopeOf(head, caller);
        return scope === undefined ? [] : [counterFor(counters, rule, scope)];
      });
      for (const counter of concerned) forgetOld(counter, nowMs);
      const full = concerned.filter((counter) => freeAtMs(counter) > nowMs);
      for (const counter of full) lockIfBroken(counter, nowMs);
      for (const counter of concerned) {
        counter.arrivalsMs.push(nowMs);
        if (full.length > 0) counter.refused += full.includes(counter) ? 1 : 0;
        else counter.recentMs.push(countedAtMs(counter, nowMs));
      }
      const standings = concerned.map((counter) => standingOf(counter, nowMs));
      if (full.length === 0) return { standings };
      const limits = full.map(({ rule }) => rule.name);
      return { standings, refused: { limits, freeAtMs: Math.max(...full.map(freeAtMs)) } };
    },
    audit: () =>
      Object.fromEntries(rules.map((rule) => [rule.name, auditOf(rule, [...counters.values()])])),
    reset: () => counters.clear(),
  };
}

function counterFor<Caller>(
  counters: Map<string, Counter>,
  rule: LimitRule<Caller>,
  scope: string,
): Counter {
  const key = JSON.stringify([rule.name, scope]);
  const known = counters.get(key);
  if (known !== undefined) return known;
  const counter = { rule, scope, arrivalsMs: [], recentMs: [], refused: 0, lockedUntilMs: 0 };
  counters.set(key, counter);
  return counter;
}

function forgetOld(counter: Counter, nowMs: number): void {
  const isOld = (atMs: number | undefined) =>
    atMs !== undefined && nowMs - atMs >= counter.rule.windowMs;
  while (isOld(counter.recentMs[0])) counter.recentMs.shift();
}

/** In an anchored window each request ends when the first one does. */
const countedAtMs = ({ rule, recentMs }: Counter, nowMs: number): number =>
  rule.anchored ? (recentMs[0] ?? nowMs) : nowMs;

/** The first instant at which one more request fits; in the past when it fits already. */
function freeAtMs({ rule, recentMs, lockedUntilMs }: Counter): number {
  const makesRoomMs = recentMs.at(-rule.requests);
  const windowFreeMs = makesRoomMs === undefined ? 0 : makesRoomMs + rule.windowMs;
  return Math.max(windowFreeMs, lockedUntilMs);
}

/** A lock in force is not prolonged: the vendor names one minute, counted from the breach. */
function lockIfBroken(counter: Counter, nowMs: number): void {
  const { lockMs } = counter.rule;
  if (lockMs === undefined || counter.lockedUntilMs > nowMs) return;
  counter.lockedUntilMs = nowMs + lockMs;
}

const standingOf = ({ rule, recentMs }: Counter, nowMs: number): Standing => ({
  name: rule.name,
  limit: rule.requests,
  remaining: Math.max(0, rule.requests - recentMs.length),
  windowMs: rule.windowMs,
  resetAtMs: (recentMs[0] ?? nowMs) + rule.windowMs,
});

function auditOf<Caller>(rule: LimitRule<Caller>, counters: readonly Counter[]): LimitAudit {
  const own = counters.filter((counter) => counter.rule.name === rule.name);
  const scopes = own.map((counter): [string, ScopeAudit] => [
    counter.scope,
    {
      fullest: fullestWindow(counter.arrivalsMs, rule.windowMs),
      arrivals: counter.arrivalsMs.length,
      refused: counter.refused,
    },
  ]);
  return {
    limit: rule.requests,
    windowMs: rule.windowMs,
    fullest: Math.max(0, ...scopes.map(([, scope]) => scope.fullest)),
    arrivals: scopes.reduce((sum, [, scope]) => sum + scope.arrivals, 0),
    refused: scopes.reduce((sum, [, scope]) => sum + scope.refused, 0),
    scopes: Object.fromEntries(scopes),
  };
}
