import { describe, expect, it } from 'vitest';
import { minutes } from '../../../../../shared/kernel/duration.ts';
import { stringifyJson } from '../../../../../shared/kernel/json.ts';
import {
  GONE,
  guidsOf,
  ISOLATE,
  outcomesOf,
  RELEASE,
  startSettled,
  statesOf,
} from './isolation-bench.ts';

describe('amp.computer.isolate', () => {
  it('looks, asks, and comes back until the computer is isolated', async () => {
    const business = await startSettled(1);
    const harness = business.harness();
    const computers = guidsOf(business);
    const fromMs = harness.clock.nowMs();
    const job = await harness.run(ISOLATE, { computers, comment: 'Case 4711' });
    expect(job).toMatchObject({ status: 'succeeded', summary: 'isolated 1 computer' });
    expect(statesOf(business)).toEqual(['isolated']);
    const path = `/computers/${computers[0]}/isolation`;
    expect(business.requests()).toEqual([`GET ${path}`, `PUT ${path}`, `GET ${path}`]);
    expect(harness.calls[1]?.body).toEqual({ comment: 'Case 4711' });
    expect(harness.clock.nowMs() - fromMs).toBeGreaterThanOrEqual(minutes(1));
    expect(await harness.result(job)).toEqual([
      { connectorGuid: computers[0], hostname: null, outcome: 'isolated' },
    ]);
  });

  it('waits outside of the queue between two looks', async () => {
    const business = await startSettled(1);
    const harness = business.harness();
    const { id } = await harness.submit(ISOLATE, { computers: guidsOf(business) });
    expect(await harness.deliver(id)).toMatchObject({
      status: 'waiting',
      waiting: { for: 'follow-up' },
      progress: { done: 0, total: 1 },
    });
  });

  it('keeps the unlock code nowhere', async () => {
    const business = await startSettled(1);
    const harness = business.harness();
    const { id } = await harness.submit(ISOLATE, { computers: guidsOf(business) });
    const waiting = await harness.deliver(id);
    const code = business.computers()[0]?.isolation.unlockCode ?? '';
    expect(code).toMatch(/^\w{8}$/);
    const job = await harness.finish(id);
    const kept = [waiting, job, harness.announced, await harness.result(job)];
    expect(stringifyJson(kept)).not.toContain(code);
  });

  it('leaves alone what is isolated, and what cannot be', async () => {
    const business = await startSettled(3, (computer, index) => {
      if (index === 0) computer.isolation = { available: true, status: 'isolated' };
      if (index === 1) computer.isolation = { available: false, status: 'not_isolated' };
    });
    const harness = business.harness();
    const job = await harness.run(ISOLATE, { computers: [...guidsOf(business), GONE] });
    expect(job.status).toBe('partial');
    expect(job.summary).toBe('isolated 1 computer, 1 isolated already, 2 failed');
    expect(await harness.result(job)).toMatchObject([
      { outcome: 'already-isolated' },
      { outcome: 'failed', code: 'provider.rejected' },
      { outcome: 'isolated' },
      { outcome: 'failed', code: 'provider.not-found' },
    ]);
    expect(business.requests('PUT')).toHaveLength(1);
  });

  it('asks later where the computer is just being released', async () => {
    const business = await startSettled(1, (computer) => {
      computer.isolation = { available: true, status: 'isolated' };
    });
    const harness = business.harness();
    await harness.run(RELEASE, { computers: guidsOf(business), followForMinutes: 0 });
    expect(statesOf(business)).toEqual(['pending_stop']);
    const job = await harness.run(ISOLATE, { computers: guidsOf(business) });
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(statesOf(business)).toEqual(['isolated']);
  });

  it('reads from the state that a conflict means: it is on its way', async () => {
    const business = await startSettled(1);
    const harness = business.harness();
    const fault = { kind: 'status', status: 409, acted: true } as const;
    business.simulator.faults.add({ method: 'PUT', fault });
    const job = await harness.run(ISOLATE, { computers: guidsOf(business) });
    expect(job).toMatchObject({ status: 'succeeded', summary: 'isolated 1 computer' });
    expect(harness.calls.map(({ operation }) => operation.method)).toEqual([
      ...['GET', 'PUT', 'GET'],
      'GET',
    ]);
  });

  it('reads from the state that a conflict means: it will never be', async () => {
    const business = await startSettled(1);
    const harness = business.harness();
    business.simulator.faults.add({ method: 'PUT', fault: { kind: 'cut', acted: false } });
    const { id } = await harness.submit(ISOLATE, { computers: guidsOf(business) });
    await harness.deliver(id);
    for (const computer of business.computers()) {
      computer.isolation = { available: false, status: 'not_isolated' };
    }
    const job = await harness.finish(id);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.rejected' } });
    expect(job.error?.message).toMatch(/^isolation is not available on the computer/);
  });

  it('asks again at the next look after a conflict that the state does not explain', async () => {
    const business = await startSettled(1);
    const harness = business.harness();
    business.simulator.faults.add({ method: 'PUT', fault: { kind: 'status', status: 409 } });
    const job = await harness.run(ISOLATE, { computers: guidsOf(business) });
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(business.requests('PUT')).toHaveLength(2);
  });

  it('reports as pending what a machine that is off never does, once the time is over', async () => {
    const business = await startSettled(2, (computer, index) => {
      computer.online = index === 0;
    });
    const harness = business.harness();
    const fromMs = harness.clock.nowMs();
    const job = await harness.run(ISOLATE, { computers: guidsOf(business), followForMinutes: 40 });
    expect(job).toMatchObject({ status: 'partial', summary: 'isolated 1 computer, 1 pending' });
    expect(outcomesOf(await harness.result(job))).toEqual(['isolated', 'pending']);
    const tookMs = harness.clock.nowMs() - fromMs;
    expect(tookMs).toBeGreaterThanOrEqual(minutes(40));
    expect(tookMs).toBeLessThan(minutes(41));
    expect(business.requests('PUT')).toHaveLength(2);
    // After 1, 3, 7, 15, 30 and 40 minutes.
    expect(business.requests('GET').length).toBeLessThanOrEqual(2 + 2 + 5);
  });

  it('follows on in a retry, without asking again', async () => {
    const business = await startSettled(2, (computer, index) => {
      computer.online = index === 0;
    });
    const harness = business.harness();
    const job = await harness.run(ISOLATE, { computers: guidsOf(business), followForMinutes: 5 });
    business.console().connect(guidsOf(business)[1] ?? '');
    const again = await harness.retry(job.id);
    expect(again).toMatchObject({ status: 'succeeded', summary: 'isolated 2 computers' });
    expect(business.requests('PUT')).toHaveLength(2);
  });

  it('only asks, and calls that a success, where nobody wants to follow', async () => {
    const business = await startSettled(2);
    const harness = business.harness();
    const params = { computers: guidsOf(business), followForMinutes: 0 };
    const job = await harness.run(ISOLATE, params);
    expect(job).toMatchObject({ status: 'succeeded', attempts: 3 });
    expect(outcomesOf(await harness.result(job))).toEqual(['pending', 'pending']);
  });

  it('S20 asks nothing of AMP while it only observes', async () => {
    const business = await startSettled(2);
    const harness = business.harness();
    const job = await harness.run(ISOLATE, { computers: guidsOf(business) }, { mode: 'observe' });
    expect(job).toMatchObject({ status: 'succeeded', summary: 'would isolate 2 computers' });
    expect(outcomesOf(await harness.result(job))).toEqual(['would-isolate', 'would-isolate']);
    expect(business.requests('PUT')).toEqual([]);
  });

  it('fails where every computer is refused', async () => {
    const business = await startSettled(1);
    const job = await business.harness().run(ISOLATE, { computers: [GONE] });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.not-found' } });
  });
});
