import { describe, expect, it } from 'vitest';
import { createInProcessFetch } from '../../../../local/simulators/frame/in-process-fetch.ts';
import { createVirtualClock, STARTED_AT_MS } from '../virtual-clock.ts';
import { createGreeter } from './greeter.ts';

const URL_OF_7 = 'https://vendor.example/v1/greetings/7';

function setUp() {
  const clock = createVirtualClock();
  const greeter = createGreeter(clock.nowMs);
  const latency = () => ({ thereMs: 30, backMs: 70 });
  const reach = createInProcessFetch(greeter.simulator, { clock, latency });
  return { clock, ...greeter, reach };
}

describe('in-process fetch', () => {
  it('arrives after the way there and answers after the way back', async () => {
    const { clock, simulator, reach } = setUp();
    const answered = reach(URL_OF_7).then(async (response) => ({
      atMs: clock.nowMs(),
      body: await response.json(),
    }));
    await clock.advance(1_000);
    expect(await answered).toEqual({ atMs: STARTED_AT_MS + 100, body: { hello: '7' } });
    expect(simulator.arrivals).toMatchObject([{ atMs: STARTED_AT_MS + 30 }]);
  });

  it('adds the delay of a slow answer', async () => {
    const { clock, simulator, reach } = setUp();
    simulator.faults.add({ fault: { kind: 'slow', delayMs: 400 } });
    const answered = reach(URL_OF_7).then(() => clock.nowMs());
    await clock.advance(1_000);
    expect(await answered).toBe(STARTED_AT_MS + 500);
  });

  it('rejects with the reason of an abort while the vendor is silent, which has acted', async () => {
    const { clock, simulator, stored, reach } = setUp();
    simulator.faults.add({ fault: { kind: 'silence' } });
    const gone = new AbortController();
    const { signal } = gone;
    const answered = reach('https://vendor.example/v1/greetings', { method: 'POST', signal });
    const rejected = expect(answered).rejects.toThrow('30 s are over');
    await clock.advance(30_000);
    gone.abort(new Error('30 s are over'));
    await rejected;
    expect(stored()).toBe(1);
  });

  it('never reaches the vendor when it is aborted on the way there', async () => {
    const { clock, simulator, reach } = setUp();
    const gone = new AbortController();
    const rejected = expect(reach(URL_OF_7, { signal: gone.signal })).rejects.toThrow('too late');
    await clock.advance(10);
    gone.abort(new Error('too late'));
    await rejected;
    await clock.advance(1_000);
    expect(simulator.arrivals).toEqual([]);
  });

  it('fails as a broken connection does, at once or in the middle of the body', async () => {
    const { clock, simulator, reach } = setUp();
    simulator.faults.add({ fault: { kind: 'cut' } });
    simulator.faults.add({ fault: { kind: 'half-body' } });
    const cut = expect(reach(URL_OF_7)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    await clock.advance(1_000);
    await cut;
    const half = expect(reach(URL_OF_7).then((response) => response.text())).rejects.toThrow();
    await clock.advance(1_000);
    await half;
  });
});
