/**
 * Stands between the engine and its limiter, and between the engine and its vendor, and checks that
 * each request has a permit of its own and that nobody is given one that a 429 stopped.
 */
import { FUNCTION_TIMEOUT_MS } from '../../shared/config/topology.ts';
import type { VendorAccount } from '../../shared/jobs/vendor-account.ts';
import type { Limiter, Permit } from '../../shared/limiter/limiter.ts';
import { CLOCK_ALLOWANCE_MS } from '../../shared/limiter/timings.ts';
import type { Environment } from './environment.ts';
import type { SimulatedVendor } from './vendor.ts';
import type { World } from './world.ts';

export interface PermitWatch {
  /** Permits given so far. */
  readonly grants: number;
  watchLimiter(env: Environment, limiter: Limiter): Limiter;
  watchVendor(env: Environment, vendor: VendorAccount): VendorAccount;
}

const NEVER = { sinceMs: 0, untilMs: 0 };

interface Held {
  readonly permit: Permit;
  used: boolean;
}

export function createPermitWatch(
  { oracle, trace, clock }: World,
  toldMs: SimulatedVendor['toldMs'],
): PermitWatch {
  const held = new Map<Environment, Held[]>();
  /** By budget: since when it is stored that it is stopped, and until when. */
  const stopped = new Map<string, { readonly sinceMs: number; readonly untilMs: number }>();
  /** Every stop that somebody asked for. */
  const asked: { readonly id: string; readonly atMs: number; readonly forMs: number }[] = [];
  let grants = 0;
  const idsOf = ({ budgets }: Pick<Permit, 'budgets'>): string[] => budgets.map(({ id }) => id);

  const granted = (env: Environment, permit: Permit, askedAtMs: number): void => {
    for (const { id } of permit.budgets) {
      const { sinceMs, untilMs } = stopped.get(id) ?? NEVER;
      if (askedAtMs > sinceMs && clock.nowMs() < untilMs - CLOCK_ALLOWANCE_MS) {
        oracle.accuse('block', `${env.name} is given a permit of ${id}, which is stopped`);
      }
    }
    grants += 1;
    held.set(env, [...(held.get(env) ?? []), { permit, used: false }]);
    trace.add(env.name, () => `has a permit of ${idsOf(permit).join(' + ')}`);
  };
  const use = (env: Environment, wanted: readonly string[]): void => {
    const fit = (held.get(env) ?? []).findLast(
      ({ permit, used }) => !used && wanted.every((id) => idsOf(permit).includes(id)),
    );
    if (fit && env.clock.nowMs() > fit.permit.notAfterMs) {
      oracle.accuse('permit', `${env.name} sends under a permit whose time is over`);
    }
    if (fit) fit.used = true;
    else oracle.accuse('permit', `${env.name} sends without a permit of ${wanted.join(' + ')}`);
  };

  return {
    get grants() {
      return grants;
    },
    watchLimiter: (env, limiter) => ({
      ...limiter,
      async acquire(request) {
        const askedAtMs = clock.nowMs();
        const answer = await limiter.acquire(request);
        if (answer.granted) granted(env, answer.permit, askedAtMs);
        else {
          const waitMs = Math.round(answer.retryAtMs - env.clock.nowMs());
          trace.add(
            env.name,
            () => `waits ${waitMs} ms for ${answer.reason} of ${answer.budgetId}`,
          );
        }
        return answer;
      },
      async block(budget, durationMs) {
        trace.add(env.name, () => `stops ${budget.id} for ${durationMs} ms`);
        asked.push({ id: budget.id, atMs: clock.nowMs(), forMs: durationMs });
        const untilMs = await limiter.block(budget, durationMs);
        const known = stopped.get(budget.id) ?? NEVER;
        if (untilMs > known.untilMs) stopped.set(budget.id, { sinceMs: clock.nowMs(), untilMs });
        return untilMs;
      },
    }),
    watchVendor: (env, vendor) => ({
      ...vendor,
      async send(call, hooks) {
        const budgets = vendor.budgetsOf(call.operation).map(({ id }) => id);
        const beforeSend = (): void => {
          hooks.beforeSend();
          use(env, budgets);
          trace.add(env.name, () => `sends ${call.operation.id} (${call.key})`);
        };
        const answer = await vendor.send(call, { ...hooks, beforeSend });
        trace.add(
          env.name,
          () => `gets ${answer.kind === 'answered' ? answer.status : answer.kind}`,
        );
        if (answer.kind === 'answered' && answer.status === 429) {
          expectStop(env, budgets[0] ?? '', toldMs(answer.headers) ?? 0);
        }
        return answer;
      },
    }),
  };

  /** Whoever is told to stop says so to the limiter, unless its process dies first. */
  function expectStop(env: Environment, budget: string, forMs: number): void {
    const toldAtMs = clock.nowMs();
    clock.setTimer(toldAtMs + FUNCTION_TIMEOUT_MS, () => {
      const said = asked.filter(({ id, atMs }) => id === budget && atMs >= toldAtMs);
      if (env.dead || said.some((stop) => stop.forMs >= forMs)) return;
      const longest = Math.max(0, ...said.map((stop) => stop.forMs));
      oracle.accuse(
        'block',
        `${env.name} was told to stop ${budget} for ${forMs} ms and said ${longest} ms`,
      );
    });
  }
}
