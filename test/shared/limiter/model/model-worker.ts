/**
 * A worker as the limiter knows it: asks, waits as it is told, sends inside the permit's instants,
 * settles. It may die at any point, and then nothing of what should follow happens.
 */
import type { Clock } from '../../../../shared/kernel/clock.ts';
import { randomId } from '../../../../shared/kernel/ids.ts';
import type { Random } from '../../../../shared/kernel/random.ts';
import type { Budget } from '../../../../shared/limiter/budget.ts';
import type { Limiter, Permit } from '../../../../shared/limiter/limiter.ts';
import { CALL_TIMEOUT_MS, FLIGHT_ALLOWANCE_MS } from '../../../../shared/limiter/timings.ts';
import type { ModelVendor } from './model-vendor.ts';

export interface ModelWorkerDeps {
  readonly budget: Budget;
  readonly limiter: Limiter;
  /** The worker's own, which is a little off. */
  readonly clock: Clock;
  readonly skewMs: number;
  readonly random: Random;
  readonly vendor: ModelVendor;
  readonly slowShare: number;
  readonly crashShare: number;
}

const deaths = ['after acquire', 'before send', 'while waiting', 'before settle'] as const;

/** One try at one job: true once its call was answered, or given up by the HTTP client. */
export async function tryJob(deps: ModelWorkerDeps, group: string): Promise<boolean> {
  const { random, crashShare, clock, limiter } = deps;
  const death = random() < crashShare ? deaths[Math.floor(random() * deaths.length)] : undefined;
  const permit = await waitForPermit(deps, group);
  if (death === 'after acquire') return false;
  await clock.sleep(untilSentMs(random));
  if (death === 'before send') return false;
  if (clock.nowMs() > permit.notAfterMs) {
    await limiter.settle(permit, { kind: 'unsent' });
    return false;
  }
  const boundAtMs = await send(deps, death === 'while waiting');
  if (boundAtMs === undefined || death === 'before settle') return false;
  await limiter.settle(permit, { kind: 'counted', boundAtMs });
  return true;
}

/** Throws what `acquire` throws; the job is then tried again from the start. */
async function waitForPermit(deps: ModelWorkerDeps, group: string): Promise<Permit> {
  const { limiter, clock, budget } = deps;
  const token = randomId('p');
  for (;;) {
    const request = { budgets: [budget], token, group, urgent: false, patienceMs: 2_000 };
    const answer = await limiter.acquire(request);
    if (answer.granted) return answer.permit;
    await clock.sleep(Math.max(1, answer.retryAtMs - clock.nowMs()));
  }
}

/** Mostly at once; now and then the process stands still for longer than a permit lasts. */
const untilSentMs = (random: Random): number =>
  random() < 0.05 ? random() * 7_000 : random() * 30;

/** The bound by the worker's clock; undefined where it died before it knew one. */
async function send(deps: ModelWorkerDeps, dies: boolean): Promise<number | undefined> {
  const { clock, skewMs, random, vendor, slowShare } = deps;
  const sentAtMs = clock.nowMs() - skewMs;
  const lifeMs = dies ? random() * 2_000 : CALL_TIMEOUT_MS;
  const destroyedAtMs = sentAtMs + lifeMs;
  const answeredAtMs = vendor.receive({ sentAtMs, destroyedAtMs, slowShare });
  await clock.sleep((answeredAtMs ?? destroyedAtMs) - sentAtMs);
  if (dies) return undefined;
  return answeredAtMs === undefined ? clock.nowMs() + FLIGHT_ALLOWANCE_MS : clock.nowMs();
}
