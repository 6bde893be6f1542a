/**
 * Processes that make one call after the other under a nominal budget, in virtual time: each with a
 * limiter of its own over one store, as execution environments have. The vendor counts at arrival.
 */
import { type Random, seededRandom } from '../../../../shared/kernel/random.ts';
import type { Budget } from '../../../../shared/limiter/budget.ts';
import type { BudgetStore } from '../../../../shared/limiter/budget-store.ts';
import { createLimiter, type Limiter, type Permit } from '../../../../shared/limiter/limiter.ts';
import { createMemoryBudgetStore } from '../../../support/memory/memory-budget-store.ts';
import { delayed } from '../../../support/scenario/delayed.ts';
import { createVirtualClock, type VirtualClock } from '../../../support/virtual-clock.ts';
import { createCountingStore } from './counting-store.ts';

export interface SteadyPlan {
  readonly budget: Budget;
  readonly workers: number;
  readonly forMs: number;
  readonly seed?: number;
  readonly callMs: (random: Random) => number;
  /** How long a call of the store takes. */
  readonly storeMs?: number;
  /** Share of calls in whose course the process dies; another takes its place, knowing nothing. */
  readonly deathShare?: number;
  /** Runs beside the workers, from the start. */
  readonly beside?: (limiter: Limiter, clock: VirtualClock) => Promise<void>;
}

export interface SteadyRun {
  /** When the calls were sent, by worker, since the start. */
  readonly sentMs: readonly (readonly number[])[];
  readonly writes: number;
  readonly denials: number;
}

const STORE_CALL_MS = 4;

/** From the permit to the write: the job's row, and sometimes a connection. */
const readyMs = (random: Random): number => 8 + 8 * random() + (random() < 0.05 ? 60 : 0);

export async function runSteadily(plan: SteadyPlan): Promise<SteadyRun> {
  const { budget, workers, forMs, callMs, deathShare = 0, storeMs = STORE_CALL_MS } = plan;
  const clock = createVirtualClock();
  const random = seededRandom(plan.seed ?? 1);
  const counted = createCountingStore(createMemoryBudgetStore());
  const store = delayed<BudgetStore>(counted, clock, storeMs);
  const startMs = clock.nowMs();
  const sentMs = Array.from({ length: workers }, (): number[] => []);
  let denials = 0;
  let tokens = 0;

  const permitFrom = async (limiter: Limiter): Promise<Permit> => {
    for (;;) {
      const token = `p_${++tokens}`;
      const asked = { budgets: [budget], token, group: 'a', urgent: false, patienceMs: 2_000 };
      const answer = await limiter.acquire(asked);
      if (answer.granted) return answer.permit;
      denials += 1;
      await clock.sleep(answer.retryAtMs - clock.nowMs());
    }
  };
  const sendOne = async (limiter: Limiter, sent: number[]): Promise<void> => {
    let permit = await permitFrom(limiter);
    await clock.sleep(readyMs(random));
    limiter.becameReady(permit, clock.nowMs() - permit.askedAtMs);
    await clock.sleep(permit.sendAtMs - clock.nowMs());
    while (clock.nowMs() > permit.notAfterMs) {
      permit = await permitFrom(limiter);
      await clock.sleep(permit.sendAtMs - clock.nowMs());
    }
    sent.push(clock.nowMs() - startMs);
    await clock.sleep(callMs(random));
  };
  const work = async (sent: number[]): Promise<void> => {
    await clock.sleep(random() * 300);
    let limiter = createLimiter({ store, clock, random });
    while (clock.nowMs() < startMs + forMs) {
      await sendOne(limiter, sent);
      if (random() < deathShare) limiter = createLimiter({ store, clock, random });
    }
  };

  let working = true;
  const beside = plan.beside?.(createLimiter({ store, clock, random }), clock);
  const all = Promise.all([...sentMs.map(work), beside]).finally(() => {
    working = false;
  });
  await clock.runUntil(() => !working);
  await all;
  return { sentMs, writes: counted.calls.writes, denials };
}

/** Calls a second from `fromMs` to `toMs`. */
export function rateOf(sentMs: readonly number[], fromMs: number, toMs: number): number {
  const within = sentMs.filter((atMs) => atMs >= fromMs && atMs < toMs);
  return (within.length * 1_000) / (toMs - fromMs);
}
