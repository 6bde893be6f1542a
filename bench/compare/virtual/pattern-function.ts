/** The function of a pattern as Lambda runs it: its tools, its concurrency, its death, its bill. */
import type { SQSEvent } from 'aws-lambda';
import { InvocationThrottled } from '../../../local/event-source-mapping/invoke-until-visible.ts';
import type { Clock } from '../../../shared/kernel/clock.ts';
import { seededRandom } from '../../../shared/kernel/random.ts';
import { createLife, type Life } from '../../../test/support/mortal.ts';
import type { KillPlan } from '../kill-plan.ts';
import type { NetworkedVendor } from '../networked-vendor.ts';
import { batchBody, ORGANIZATION_ID } from '../work.ts';
import type { Pattern, PatternTools } from './pattern.ts';
import type { PatternQueue } from './pattern-queue.ts';
import type { PlaceLog } from './place-log.ts';

export interface Surroundings {
  readonly clock: Clock;
  readonly queue: PatternQueue;
  readonly vendor: NetworkedVendor;
  readonly places: PlaceLog;
  readonly kills: KillPlan;
  readonly device: number;
}

export interface PatternFunction {
  /** Rejects with InvocationThrottled where the function has no concurrency left. */
  invoke(event: SQSEvent): Promise<unknown>;
  invocations(): number;
  billedMs(): number;
}

/** As for Sluice: from the receive to the first line of the function. */
const HAND_OVER_MS = 10;

export function createPatternFunction(pattern: Pattern, around: Surroundings): PatternFunction {
  const { clock, kills } = around;
  const random = seededRandom(11);
  const { reservedConcurrency = Number.POSITIVE_INFINITY } = pattern;
  let running = 0;
  let invocations = 0;
  let billedMs = 0;
  return {
    async invoke(event) {
      if (running >= reservedConcurrency) throw new InvocationThrottled('no concurrency is left');
      running += 1;
      invocations += 1;
      await clock.sleep(HAND_OVER_MS);
      const startedAtMs = clock.nowMs();
      const life = kills.lifeOf() ?? createLife();
      try {
        return await pattern.run(toolsOf(around, random, life), event);
      } finally {
        running -= 1;
        billedMs += Math.ceil(clock.nowMs() - startedAtMs);
      }
    },
    invocations: () => invocations,
    billedMs: () => billedMs,
  };
}

const toolsOf = (
  { clock, queue, vendor, places, device }: Surroundings,
  random: PatternTools['random'],
  life: Life,
): PatternTools => ({
  clock,
  random,
  sleep: (durationMs) => life.step(() => clock.sleep(durationMs)),
  call: (key) =>
    life.step(async () => {
      const { status } = await vendor.handle({
        method: 'POST',
        path: '/api/servers/batch',
        query: { o: String(ORGANIZATION_ID) },
        headers: { authorization: 'Bearer automox-key', 'content-type': 'application/json' },
        body: Buffer.from(batchBody(device, key)),
      });
      return status;
    }),
  hide: (record, seconds) => life.step(async () => queue.hide(record, seconds)),
  takePlace: () => life.step(() => places.take()),
  receive: (max) => life.step(async () => queue.receive(max)),
  delete: (record) => life.step(async () => queue.delete(record)),
});
