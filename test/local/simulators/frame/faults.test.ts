import { describe, expect, it } from 'vitest';
import type { FaultScript } from '../../../../local/simulators/frame/faults.ts';
import { createGreeter } from './greeter.ts';

const GET = { method: 'GET', path: '/v1/greetings/7' };
const POST = { method: 'POST', path: '/v1/greetings' };

type Fault = FaultScript['fault'];

describe('fault scripts', () => {
  it('hit the requests after those they skip, as often as they say', () => {
    const { simulator } = createGreeter(() => 0);
    simulator.faults.add({ skip: 1, times: 2, fault: { kind: 'status', status: 503 } });
    const statuses = [1, 2, 3, 4].map(() => simulator.handle(GET).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
  });

  it('hit only their method and path, and tell what was never used', () => {
    const { simulator } = createGreeter(() => 0);
    const script = { method: 'POST', path: '/greetings' };
    simulator.faults.add({ ...script, times: 2, fault: { kind: 'status', status: 500 } });
    expect(simulator.handle(GET).status).toBe(200);
    expect(simulator.handle(POST).status).toBe(500);
    expect(simulator.unusedFaults()).toMatchObject([{ ...script, times: 1 }]);
  });

  it('are spent in the order in which they were added', () => {
    const { simulator } = createGreeter(() => 0);
    for (const status of [500, 503]) simulator.faults.add({ fault: { kind: 'status', status } });
    expect([1, 2, 3].map(() => simulator.handle(GET).status)).toEqual([500, 503, 200]);
  });

  it('are refused when they mean nothing', () => {
    const { simulator } = createGreeter(() => 0);
    expect(() => simulator.faults.add({ times: 0, fault: { kind: 'cut' } })).toThrow();
    expect(() => simulator.faults.add({ fault: { kind: 'status', status: 99 } })).toThrow();
  });

  it.each<[Fault, object, number]>([
    [{ kind: 'cut', acted: true }, { delivery: 'cut' }, 1],
    [{ kind: 'cut', acted: false }, { delivery: 'cut' }, 0],
    [{ kind: 'silence', acted: true }, { delivery: 'never' }, 1],
    [{ kind: 'half-body' }, { delivery: 'half', status: 200 }, 1],
    [{ kind: 'slow', delayMs: 250 }, { delivery: 'whole', status: 200, delayMs: 250 }, 1],
    [{ kind: 'status', status: 502, acted: true }, { delivery: 'whole', status: 502 }, 1],
    [{ kind: 'status', status: 502, acted: false }, { delivery: 'whole', status: 502 }, 0],
    [{ kind: 'html', status: 200, acted: false }, { status: 200 }, 0],
  ])('%o gives %o and carries the write out %i times', (fault, answer, stored) => {
    const greeter = createGreeter(() => 0);
    greeter.simulator.faults.add({ fault });
    expect(greeter.simulator.handle(POST)).toMatchObject(answer);
    expect(greeter.stored()).toBe(stored);
    expect(greeter.simulator.audit().writes[0]?.effects).toBe(stored * 3);
  });

  it.each([
    [{}, undefined],
    [{ retryAfterSeconds: 7 }, '7'],
    [{ retryAfterSeconds: 7, retryAfterForm: 'date' as const }, 'Thu, 01 Jan 1970 00:00:07 GMT'],
  ])('throttle with %o as the wait', (wait, header) => {
    const { simulator } = createGreeter(() => 0);
    simulator.faults.add({ fault: { kind: 'throttle', ...wait } });
    const { status, headers } = simulator.handle(GET);
    expect(status).toBe(429);
    expect(headers['retry-after']).toBe(header);
  });

  it('are not spent on a request that a limit refuses', () => {
    const { simulator } = createGreeter(() => 0, { requests: 1 });
    simulator.handle(GET);
    simulator.faults.add({ fault: { kind: 'status', status: 500 } });
    expect(simulator.handle(GET).status).toBe(429);
    expect(simulator.unusedFaults()).toHaveLength(1);
  });
});
