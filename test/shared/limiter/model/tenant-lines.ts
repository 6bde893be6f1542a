/**
 * Tenants with jobs in line, as their queue groups would have them: one head of each tenant at a
 * time, hidden for whole seconds until its appointment, awake for the rest.
 */
import { seededRandom } from '../../../../shared/kernel/random.ts';
import type { Permit } from '../../../../shared/limiter/limiter.ts';
import type { Bench } from './bench.ts';

export interface TenantLine {
  readonly tenant: string;
  readonly jobs: number;
  readonly fromMs?: number;
  readonly urgent?: boolean;
}

export interface Served {
  readonly tenant: string;
  /** When the job was given its permit, since the start of the run. */
  readonly atMs: number;
  /** How often its message was received. */
  readonly receives: number;
}

const AWAKE_MAX_MS = 2_000;

/** Everything served, in order. */
export async function serveLines(bench: Bench, lines: readonly TenantLine[]): Promise<Served[]> {
  const { clock } = bench;
  const startMs = clock.nowMs();
  const random = seededRandom(11);
  const served: Served[] = [];
  const serveLine = async ({ tenant, jobs, fromMs = 0, urgent = false }: TenantLine) => {
    await clock.sleep(fromMs);
    for (let job = 0; job < jobs; job += 1) {
      const { permit, receives } = await serveHead(bench, tenant, urgent);
      served.push({ tenant, atMs: clock.nowMs() - startMs, receives });
      await clock.sleep(50 + random() * 250);
      await bench.answered(permit);
    }
  };
  let serving = true;
  void Promise.all(lines.map(serveLine)).finally(() => {
    serving = false;
  });
  await clock.runUntil(() => !serving);
  return served;
}

async function serveHead(
  { clock, ask }: Bench,
  group: string,
  urgent: boolean,
): Promise<{ readonly permit: Permit; readonly receives: number }> {
  let patienceMs = AWAKE_MAX_MS;
  for (let receives = 1; ; ) {
    const answer = await ask(group, { urgent, patienceMs });
    if (answer.granted) return { permit: answer.permit, receives };
    const waitMs = answer.retryAtMs - clock.nowMs();
    const awake = waitMs <= patienceMs;
    patienceMs = awake ? patienceMs - waitMs : AWAKE_MAX_MS;
    receives += awake ? 0 : 1;
    await clock.sleep(awake ? waitMs : Math.floor(waitMs / 1_000) * 1_000);
  }
}

/** Jain's index of fairness: 1 where all shares are equal, 1/n where one has everything. */
export function jainIndex(shares: readonly number[]): number {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const squares = shares.reduce((sum, share) => sum + share * share, 0);
  return (total * total) / (shares.length * squares);
}
