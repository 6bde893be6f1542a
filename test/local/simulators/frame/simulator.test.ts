import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../../shared/kernel/ids.ts';
import { createGreeter, jsonOf } from './greeter.ts';

const atZero = (): number => 0;
const GET = { method: 'GET', path: '/v1/greetings/7' };
const POST = { method: 'POST', path: '/v1/greetings', body: Buffer.from('hi') };

describe('simulator', () => {
  it('routes below its base path and carries the vendor headers on every answer', () => {
    const { simulator } = createGreeter(atZero);
    const answer = simulator.handle(GET);
    expect(jsonOf(answer.body)).toEqual({ hello: '7' });
    expect(answer.headers).toMatchObject({ 'x-at': '0' });
  });

  it('asks the guard before the route, so that nothing is written for a refused caller', () => {
    const greeter = createGreeter(atZero);
    const banned = { ...POST, headers: { 'X-Account': 'banned' } };
    expect(greeter.simulator.handle(banned).status).toBe(401);
    expect(greeter.stored()).toBe(0);
  });

  it('records each write with its body digest and what it changed', () => {
    const { simulator } = createGreeter(() => 5);
    simulator.handle(GET);
    simulator.handle(POST);
    expect(simulator.audit()).toMatchObject({
      arrivals: 2,
      operations: { 'GET /greetings/:id': 1, 'POST /greetings': 1 },
      statuses: { 200: 2 },
      writes: [{ atMs: 5, operation: 'POST /greetings', bodyDigest: sha256Hex('hi'), effects: 3 }],
    });
  });

  it('counts a request at the arrival of its head, before the body is there', () => {
    let nowMs = 0;
    const { simulator } = createGreeter(() => nowMs, { requests: 1 });
    const head = { ...POST, query: new URLSearchParams(), headers: {}, ip: '127.0.0.1' };
    const finishFirst = simulator.begin(head);
    const finishSecond = simulator.begin(head);
    nowMs = 5_000;
    expect(finishSecond(POST.body)).toMatchObject({ status: 429, headers: { 'free-at': '1000' } });
    expect(finishFirst(POST.body).status).toBe(200);
  });

  it('answers 501 to an unknown operation and remembers it', () => {
    const { simulator } = createGreeter(atZero);
    simulator.handle(GET);
    simulator.assertNoUnexpected();
    expect(simulator.handle({ method: 'DELETE', path: '/v1/greetings/7' }).status).toBe(501);
    expect(simulator.handle({ method: 'GET', path: '/elsewhere' }).status).toBe(501);
    expect(() => simulator.assertNoUnexpected()).toThrow('DELETE /greetings/7, GET /elsewhere');
  });

  it('answers as the vendor to an unknown operation when it is not strict', () => {
    const { simulator } = createGreeter(atZero, { strict: false });
    expect(simulator.handle({ method: 'DELETE', path: '/v1/greetings/7' }).status).toBe(405);
    expect(simulator.handle({ method: 'GET', path: '/v1/nowhere' }).status).toBe(404);
  });

  it('refuses what is not expected once anything is, and each expectation after its times', () => {
    const greeter = createGreeter(atZero);
    greeter.simulator.expect({ method: 'get', path: '/greetings/:id', times: 2 });
    expect(greeter.simulator.handle(GET).status).toBe(200);
    expect(greeter.simulator.unmetExpectations()).toHaveLength(1);
    expect(greeter.simulator.handle(GET).status).toBe(200);
    expect(greeter.simulator.unmetExpectations()).toEqual([]);
    expect(greeter.simulator.handle(GET).status).toBe(501);
    expect(greeter.simulator.handle(POST).status).toBe(501);
    expect(greeter.stored()).toBe(0);
    expect(greeter.simulator.audit().unexpected).toEqual(['GET /greetings/7', 'POST /greetings']);
  });

  it('forgets counts, state, faults and expectations when it is reset', () => {
    const greeter = createGreeter(atZero, { requests: 1 });
    greeter.simulator.handle(POST);
    greeter.simulator.faults.add({ fault: { kind: 'cut' } });
    greeter.simulator.expect({ method: 'GET', path: '/never', times: 1 });
    greeter.simulator.reset();
    expect(greeter.stored()).toBe(0);
    expect(greeter.simulator.unusedFaults()).toEqual([]);
    expect(greeter.simulator.unmetExpectations()).toEqual([]);
    expect(greeter.simulator.audit().arrivals).toBe(0);
    expect(greeter.simulator.handle(POST)).toMatchObject({ status: 200, delivery: 'whole' });
  });
});
