import type { ProviderName } from '../../shared/config/account.ts';
import type { Clock } from '../../shared/kernel/clock.ts';
import type { Budget } from '../../shared/limiter/budget.ts';
import type { Acquisition, Limiter } from '../../shared/limiter/limiter.ts';
import type { FunctionMetrics } from '../metrics.ts';
import type { AuditedCall, WindowAudit } from './window-audit.ts';

export interface LimiterObserver {
  readonly provider: ProviderName;
  readonly metrics: FunctionMetrics;
  readonly audit: WindowAudit;
  readonly clock: Clock;
}

/** The same limiter, whose decisions are counted and whose windows are audited. */
export const observeLimiter = (limiter: Limiter, observer: LimiterObserver): Limiter => ({
  ...limiter,
  async acquire(request) {
    const answer = await limiter.acquire(request);
    countAnswer(observer, answer);
    return answer;
  },
  async settle(permit, settlement) {
    await limiter.settle(permit, settlement);
    if (settlement.kind === 'unsent') return;
    const call = { sentAtMs: permit.sendAtMs, boundAtMs: settlement.boundAtMs };
    for (const budget of permit.budgets) auditCall(observer, budget, call);
  },
});

function countAnswer({ metrics, clock }: LimiterObserver, answer: Acquisition): void {
  if (answer.granted) {
    for (const { id } of answer.permit.budgets) metrics.add('PermitsGranted', 1, { Budget: id });
    return;
  }
  const Budget = answer.budgetId;
  const stopped = answer.reason === 'blocked' || answer.reason === 'paused';
  metrics.add(stopped ? 'PermitsStopped' : 'PermitsDeferred', 1, { Budget });
  metrics.add('PermitWaitMs', Math.max(0, answer.retryAtMs - clock.nowMs()), { Budget });
}

/** A nominal budget is kept by spacing, which no count of a window can prove or refute. */
function auditCall(
  { metrics, audit, provider }: LimiterObserver,
  budget: Budget,
  call: AuditedCall,
): void {
  if (budget.mode === 'nominal') return;
  const held = audit.record(budget, call);
  metrics.add('FullestWindow', held, { Budget: budget.id });
  if (held > budget.requests) {
    metrics.add('WindowExcess', held - budget.requests, { Provider: provider });
  }
}
