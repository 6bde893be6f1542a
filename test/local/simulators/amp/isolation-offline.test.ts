import { describe, expect, it } from 'vitest';
import { createIsolationCloud } from './isolation-cloud.ts';

describe('AMP isolation of a computer that is offline', () => {
  it('waits for an offline computer without limit', () => {
    const { simulator, guid, send, status, wait } = createIsolationCloud();
    const business = simulator.business('acme');
    business.disconnect(guid);
    send('PUT');
    wait(7 * 86_400_000);
    expect(status()).toBe('pending_start');
    business.connect(guid);
    wait(20_000);
    expect(status()).toBe('isolated');
  });

  it('takes its whole delay again once an offline computer is back', () => {
    const { simulator, guid, send, status, wait } = createIsolationCloud();
    const business = simulator.business('acme');
    business.disconnect(guid);
    send('PUT');
    wait(15_000);
    business.connect(guid);
    wait(19_999);
    expect(status()).toBe('pending_start');
    wait(1);
    expect(status()).toBe('isolated');
  });

  it('waits for a computer that goes offline on the way', () => {
    const { simulator, guid, send, status, wait } = createIsolationCloud();
    send('PUT');
    simulator.business('acme').disconnect(guid);
    wait(3_600_000);
    expect(status()).toBe('pending_start');
  });

  it('happens once, however often the computer comes and goes', () => {
    const { simulator, guid, send, status, wait } = createIsolationCloud();
    const business = simulator.business('acme');
    send('PUT');
    wait(10_000);
    business.disconnect(guid);
    business.connect(guid);
    wait(10_000);
    expect(status()).toBe('isolated');
    wait(5_000);
    send('DELETE');
    wait(5_000);
    expect(status()).toBe('pending_stop');
    wait(15_000);
    expect(status()).toBe('not_isolated');
  });
});
