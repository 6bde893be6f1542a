/** A limiter that grants unless a test says otherwise, and tells what it was told. */
import { toSluiceError } from '../../../shared/errors/sluice-error.ts';
import type { Clock } from '../../../shared/kernel/clock.ts';
import { emptyBudgetState } from '../../../shared/limiter/budget-state.ts';
import type { Acquisition, Limiter, PermitRequest } from '../../../shared/limiter/limiter.ts';

export interface Denial {
  readonly reason: 'permit' | 'blocked' | 'paused' | 'contended';
  readonly waitMs: number;
}

export interface Grant {
  /** From now. */
  readonly sendInMs?: number;
  readonly lapsesInMs?: number;
}

export interface ScriptedLimiter extends Limiter {
  /** `settled …`, `blocked …`, `learned …`, in order. */
  readonly told: readonly string[];
  readonly asked: readonly PermitRequest[];
  /** How long each call needed from its permit until it could be sent. */
  readonly readyAfterMs: readonly number[];
  /** Answers of the next requests, in order; then grants. */
  answerWith(...answers: readonly (Denial | Grant)[]): void;
  /** What `block` and `learn` throw from now on; and `settle`, which lets no store's failure out. */
  failWith(failure: Error): void;
}

export function createScriptedLimiter(clock: Clock): ScriptedLimiter {
  const told: string[] = [];
  const asked: PermitRequest[] = [];
  const readyAfterMs: number[] = [];
  let script: readonly (Denial | Grant)[] = [];
  let failure: Error | undefined;
  const tell = (text: string): void => {
    if (failure) throw failure;
    told.push(text);
  };
  return {
    told,
    asked,
    readyAfterMs,
    answerWith: (...answers) => {
      script = answers;
    },
    failWith: (error) => {
      failure = error;
    },
    async acquire(request) {
      asked.push(request);
      const [answer = {}, ...rest] = script;
      script = rest;
      return toAcquisition(request, answer, clock.nowMs());
    },
    becameReady: (_permit, afterMs) => void readyAfterMs.push(afterMs),
    async settle(_permit, settlement) {
      if (failure && toSluiceError(failure).code === 'store.unavailable') return;
      const bound = settlement.kind === 'counted' ? ` by ${settlement.boundAtMs}` : '';
      tell(`settled ${settlement.kind}${bound}`);
    },
    async block(budget, durationMs) {
      tell(`blocked ${budget.name} for ${durationMs}`);
      return clock.nowMs() + durationMs;
    },
    async learn(budget, requests) {
      tell(`learned ${budget.name} ${requests}`);
    },
    pause: async () => {},
    resume: async () => {},
    read: async () => emptyBudgetState,
  };
}

function toAcquisition(
  { token, budgets }: PermitRequest,
  answer: Denial | Grant,
  nowMs: number,
): Acquisition {
  if ('reason' in answer) {
    const { reason, waitMs } = answer;
    return { granted: false, budgetId: budgets[0]?.id ?? '', reason, retryAtMs: nowMs + waitMs };
  }
  const { sendInMs = 0, lapsesInMs = 5_000 } = answer;
  const instants = { sendAtMs: nowMs + sendInMs, notAfterMs: nowMs + lapsesInMs };
  const permit = { token, budgets, askedAtMs: nowMs, ...instants };
  return { granted: true, permit };
}
