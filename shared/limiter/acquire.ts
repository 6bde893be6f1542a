/**
 * Takes a permit of every budget a call falls under, or of none.
 *
 * Guarantees: a token holds at most one permit of a budget, whatever answers of the store are lost;
 * where one budget denies or the store fails, what the others gave is given back.
 */
import type { Budget } from './budget.ts';
import { assertTrusted } from './clock-watch.ts';
import { readBudget } from './compare-and-set.ts';
import type { Acquisition, Permit, PermitRequest } from './limiter.ts';
import {
  type BudgetAnswer,
  type BudgetDenial,
  findStop,
  type NominalDeps,
  reserveNominal,
} from './nominal.ts';
import { settle } from './settle.ts';
import { GRANT_TO_SEND_MAX_MS } from './timings.ts';
import { decideWindow } from './window.ts';

export async function acquire(deps: NominalDeps, request: PermitRequest): Promise<Acquisition> {
  const tried: Budget[] = [];
  let askedAtMs = deps.clock.nowMs();
  let sendAtMs = askedAtMs;
  let notAfterMs = sendAtMs + GRANT_TO_SEND_MAX_MS;
  const { token } = request;
  const giveBack = (): Promise<void> => {
    const permit: Permit = { token, budgets: tried, askedAtMs, sendAtMs, notAfterMs };
    return settle(deps, permit, { kind: 'unsent' });
  };
  try {
    for (const budget of strictFirst(request.budgets)) {
      const stop = budget.ridesOn && (await findCarrierStop(deps, budget.ridesOn));
      if (stop) {
        await giveBack();
        return { ...stop, budgetId: budget.ridesOn };
      }
      tried.push(budget);
      const answer =
        budget.mode === 'strict'
          ? await acquireStrict(deps, budget, request)
          : await reserveNominal(deps, budget, sendAtMs);
      if (!answer.granted) {
        tried.pop();
        await giveBack();
        return { ...answer, budgetId: budget.id };
      }
      askedAtMs = answer.askedAtMs;
      sendAtMs = Math.max(sendAtMs, answer.sendAtMs);
      notAfterMs = Math.min(notAfterMs, answer.notAfterMs);
    }
  } catch (error) {
    await giveBack();
    throw error;
  }
  return { granted: true, permit: { token, budgets: tried, askedAtMs, sendAtMs, notAfterMs } };
}

/** A rider takes no slot of the budget it rides on, and stops with it all the same. */
async function findCarrierStop(
  { store, clock, random }: NominalDeps,
  carrierId: string,
): Promise<BudgetDenial | undefined> {
  const state = await readBudget(store, carrierId);
  return findStop(state, clock.nowMs(), random);
}

/** Lost races before the asker is sent away for a moment; each is one conditional write. */
const RACES_MAX = 12;

/** A write that was stored and whose answer was lost is found by its token at the next look. */
async function acquireStrict(
  { store, clock, random, watch }: NominalDeps,
  budget: Budget,
  request: PermitRequest,
): Promise<BudgetAnswer> {
  let state = await readBudget(store, budget.id);
  // Before anything is written: a clock that runs ahead would drop holds that are still in force.
  assertTrusted(watch);
  for (let race = 0; race < RACES_MAX; race += 1) {
    const nowMs = clock.nowMs();
    const { next, ...decision } = decideWindow(budget, state, { ...request, nowMs });
    const answer = decision.granted ? { ...decision, askedAtMs: nowMs, sendAtMs: nowMs } : decision;
    if (!next) return answer;
    const written = await store.replace(budget.id, next, state.version);
    if (written.stored) return answer;
    state = written.current;
  }
  return { granted: false, reason: 'contended', retryAtMs: clock.nowMs() + 200 + random() * 800 };
}

/** Scarce budgets first: their denial is the likely one and must not have spent anything else. */
const strictFirst = (budgets: readonly Budget[]): readonly Budget[] => [
  ...budgets.filter(({ mode }) => mode === 'strict').sort(scarcerFirst),
  ...budgets.filter(({ mode }) => mode === 'nominal').sort(scarcerFirst),
];

const scarcerFirst = (a: Budget, b: Budget): number =>
  a.requests / a.windowMs - b.requests / b.windowMs;
