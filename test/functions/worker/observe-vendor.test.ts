import { describe, expect, it } from 'vitest';
import type { BucketWatch } from '../../../functions/worker/bucket-watch.ts';
import { observeVendor } from '../../../functions/worker/observe-vendor.ts';
import {
  answers,
  createScriptedVendor,
  silent,
  type Turn,
  unreachable,
  wide,
} from '../../shared/jobs/scripted-vendor.ts';
import { callOf } from '../../shared/jobs/step-type.ts';
import { createMemoryLog } from '../../shared/lambda/log-lines.ts';
import { createLeapingClock } from '../../support/leaping-clock.ts';
import { createMeasuredMetrics } from '../metric-lines.ts';

const hooks = { whenConnected: async () => {}, beforeSend: () => {} };
const delivery = { jobId: 'job_1', run: 2, account: 'acme' };

async function send(turn: Turn, buckets?: BucketWatch) {
  const log = createMemoryLog();
  const measured = createMeasuredMetrics();
  const vendor = createScriptedVendor({ turns: [turn], clock: createLeapingClock() });
  const observed = observeVendor(vendor, delivery, {
    ...(buckets && { buckets }),
    log,
    metrics: measured.metrics,
  });
  await observed.send(callOf('tag', 'tag-7'), hooks);
  return { log, ...measured };
}

describe('an observed vendor', () => {
  it('logs a call with its job, its account and the vendor’s request id, and no more', async () => {
    const { log } = await send(answers(200, { secret: 'canary' }));
    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'vendor call',
        ...delivery,
        operation: 'tag',
        call: 'tag-7',
        status: 200,
        elapsedMs: 40,
        vendorRequestId: 'r-200',
      },
    ]);
  });

  it('measures how long the vendor took', async () => {
    const { measured } = await send(answers(200));
    expect(measured()).toEqual([
      { name: 'VendorCallMs', dimensions: { Provider: 'automox' }, values: [40] },
    ]);
  });

  it('shows what its answers teach to the watch over its buckets', async () => {
    const seen: unknown[] = [];
    const buckets = { see: (taught: unknown) => void seen.push(taught) };
    await send(answers(200, {}, { 'x-limit': '7' }), buckets);
    await send(answers(200), buckets);
    expect(seen).toEqual([{ budget: wide, requests: 7 }]);
  });

  it('counts a 429', async () => {
    const { valuesOf } = await send(answers(429));
    expect(valuesOf('Throttled')).toEqual([[{ Provider: 'automox' }, [1]]]);
  });

  it('counts and logs a call whose answer never came', async () => {
    const { valuesOf, log } = await send(silent);
    expect(valuesOf('Unanswered')).toEqual([[{ Provider: 'automox' }, [1]]]);
    expect(log.lines).toMatchObject([{ problem: 'provider.no-answer' }]);
  });

  it('counts nothing where nothing was sent', async () => {
    const { measured, log } = await send(unreachable);
    expect(measured()).toEqual([]);
    expect(log.lines).toMatchObject([{ problem: 'provider.unreachable' }]);
  });
});
