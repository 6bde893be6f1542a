import { describe, expect, it } from 'vitest';
import { createCloud } from './cloud.ts';
import { createIsolationCloud, type IsolationState } from './isolation-cloud.ts';

describe('AMP isolation', () => {
  it('goes from not_isolated over pending_start and pending_stop back, by its delay', () => {
    const { send, status, wait } = createIsolationCloud();
    expect(status()).toBe('not_isolated');
    expect(send('PUT')).toMatchObject({ status: 200 });
    wait(19_999);
    expect(status()).toBe('pending_start');
    wait(1);
    expect(status()).toBe('isolated');
    expect(send('DELETE').data()).toMatchObject({ status: 'pending_stop' });
    wait(20_000);
    expect(send('GET').data()).toEqual({ available: true, status: 'not_isolated' });
  });

  it('allows PUT when it can start and DELETE when it can stop, and nothing in between', () => {
    const { send, allowed, wait } = createIsolationCloud();
    const seen = [allowed()];
    send('PUT');
    seen.push(allowed());
    wait(20_000);
    seen.push(allowed());
    send('DELETE');
    seen.push(allowed());
    expect(seen).toEqual([
      'OPTIONS, GET, PUT',
      'OPTIONS, GET',
      'OPTIONS, GET, DELETE',
      'OPTIONS, GET',
    ]);
  });

  it('answers OPTIONS with 204 and no body', () => {
    expect(createIsolationCloud().send('OPTIONS')).toMatchObject({ status: 204, text: '' });
  });

  it('makes up an unlock code, or takes the one given, with the comment and who asked', () => {
    const { send, wait } = createIsolationCloud();
    const made = send('PUT').data<IsolationState>().unlock_code;
    expect(made).toMatch(/^[0-9a-f]{8}$/);
    wait(20_000);
    send('DELETE');
    wait(20_000);
    expect(send('PUT', { comment: 'triage', unlock_code: 'unlockme' }).data()).toEqual({
      available: true,
      status: 'pending_start',
      unlock_code: 'unlockme',
      comment: 'triage',
      isolated_by: '1234',
    });
  });

  it('takes its wishes in the query too', () => {
    const { call, guid } = createIsolationCloud();
    const query = { comment: 'from a query' };
    const reply = call('PUT', `/computers/${guid}/isolation`, { query });
    expect(reply.data()).toMatchObject({ comment: 'from a query' });
  });

  it.each([
    ['a second PUT while it starts', 0, 'PUT'],
    ['a PUT once it is isolated', 20_000, 'PUT'],
    ['a DELETE while it starts', 0, 'DELETE'],
  ])('refuses %s with 409 and changes nothing', (_, waitMs, method) => {
    const { simulator, send, status, wait } = createIsolationCloud();
    send('PUT');
    wait(waitMs);
    const before = status();
    expect(send(method)).toMatchObject({ status: 409 });
    expect(status()).toBe(before);
    expect(simulator.audit().writes.map(({ effects }) => effects)).toEqual([1, 0]);
  });

  it('refuses a DELETE of what is not isolated with 409 in the usual envelope', () => {
    const { send } = createIsolationCloud();
    expect(send('DELETE').json()).toMatchObject({
      version: 'v1.2.0',
      metadata: { links: { self: expect.stringContaining('/isolation') } },
      data: {},
      errors: [{ error_code: 409, description: 'Conflict' }],
    });
  });

  it('is never possible where it is not available', () => {
    const { call, computer } = createCloud({ fleet: { computers: 100, events: 0 } });
    const { guid } = computer(({ isolation }) => !isolation.available);
    const path = `/computers/${guid}/isolation`;
    expect(call('OPTIONS', path).headers['allow']).toBe('OPTIONS, GET');
    expect(call('PUT', path).status).toBe(409);
    expect(call('GET', path).data()).toEqual({ available: false, status: 'not_isolated' });
  });

  it('shows its status in the listing, without the unlock code', () => {
    const { call, guid, send } = createIsolationCloud();
    send('PUT', { unlock_code: 'unlockme' });
    const { text } = call('GET', `/computers/${guid}`);
    expect(text).toContain('"isolation":{"available":true,"status":"pending_start"}');
    expect(text).not.toContain('unlockme');
  });

  it.each([{ reason: 'x' }, { comment: 5 }])('refuses the body %o with 400', (body) => {
    const { send, status } = createIsolationCloud();
    expect(send('PUT', body).status).toBe(400);
    expect(status()).toBe('not_isolated');
  });

  it('has started although the connection was cut before the answer', () => {
    const { simulator, send, status } = createIsolationCloud();
    simulator.faults.add({
      method: 'PUT',
      path: '/computers/:guid/isolation',
      fault: { kind: 'cut' },
    });
    send('PUT');
    expect(status()).toBe('pending_start');
    expect(send('PUT').status).toBe(409);
    expect(simulator.audit().writes).toMatchObject([
      { delivery: 'cut', effects: 1 },
      { status: 409, effects: 0 },
    ]);
  });
});
