import { describe, expect, it } from 'vitest';
import { COUNTED_EVERY_MS } from '../../../shared/jobs/backlog.ts';
import { createFullLane, NARROW_MAX } from '../../shared/jobs/full-lane.ts';
import { createWebhookBench, manyJobs } from './webhook-bench.ts';

const delivery = JSON.stringify({ items: [1, 2, 3] });

describe('a webhook whose jobs go into a full lane', () => {
  it('is answered 503, and tells nobody unverified of the lane', async () => {
    const { engine } = createFullLane();
    const { post, rows, valuesOf } = createWebhookBench({ engine, mapping: manyJobs });
    expect(await post(delivery)).toMatchObject({ status: 503, body: { code: 'lane.full' } });
    expect((await post(delivery, {})).status).toBe(401);
    expect(await rows()).toEqual([]);
    expect(valuesOf('JobsPutOff')).toEqual([[{ Way: 'webhook' }, [1]]]);
    expect(valuesOf('SignatureRefusals')).toEqual([[{ Source: 'hook' }, [1]]]);
  });

  it('makes each of its jobs once where the lane filled up in the middle of it', async () => {
    const { engine, counter } = createFullLane(NARROW_MAX - 2);
    const { post, sign, rows } = createWebhookBench({ engine, mapping: manyJobs });
    const headers = sign(delivery);
    expect((await post(delivery, headers)).status).toBe(503);
    expect(await rows()).toHaveLength(2);
    counter.set(0);
    engine.clock.leapTo(engine.clock.nowMs() + COUNTED_EVERY_MS);
    const { status, body } = await post(delivery, headers);
    expect(status).toBe(202);
    expect(body['jobs']).toMatchObject([
      { duplicate: true },
      { duplicate: true },
      { duplicate: false },
    ]);
    expect(await rows()).toHaveLength(3);
  });
});
