/**
 * Counts, beside the limiter and with nothing of it, how many calls can have fallen into one window of
 * a budget: from when a call may have been sent and when it was counted at the latest. It knows the
 * calls of its own process alone.
 */
import type { Budget } from '../../shared/limiter/budget.ts';

export interface AuditedCall {
  /** Not sent before. */
  readonly sentAtMs: number;
  /** Counted by the vendor not later. */
  readonly boundAtMs: number;
}

export interface WindowAudit {
  /** The most calls, `call` among them, that one window of `budget` can hold. */
  record(budget: Budget, call: AuditedCall): number;
}

interface Counted extends AuditedCall {
  /** Calls that can share a window which ends with this one, itself among them. */
  count: number;
}

/** Windows for which a call is remembered: others that were sent later may be settled before it. */
const WINDOWS_KEPT = 2;

export function createWindowAudit(): WindowAudit {
  const byBudget = new Map<string, readonly Counted[]>();
  return {
    record({ id, windowMs }, call) {
      const forgottenAtMs = call.sentAtMs - WINDOWS_KEPT * windowMs;
      const known = (byBudget.get(id) ?? []).filter(({ boundAtMs }) => boundAtMs > forgottenAtMs);
      const shares = (earlier: AuditedCall, later: AuditedCall): boolean =>
        earlier.sentAtMs <= later.sentAtMs && earlier.boundAtMs > later.sentAtMs - windowMs;
      const counted = { ...call, count: 1 + known.filter((it) => shares(it, call)).length };
      const after = known.filter((it) => it.sentAtMs > call.sentAtMs && shares(call, it));
      for (const later of after) later.count += 1;
      byBudget.set(id, [...known, counted]);
      return Math.max(counted.count, ...after.map(({ count }) => count));
    },
  };
}
