import { describe, expect, it } from 'vitest';
import type { AmpFleet } from '../../../../local/simulators/amp/amp-simulator.ts';
import { createCloud } from './cloud.ts';

const stateOf = (fleet: AmpFleet) => createCloud({ fleet }).simulator.business('acme').state;

describe('AMP fleet', () => {
  it('is the same for the same seed and another for another', () => {
    const plan = { computers: 50, events: 50 };
    expect(stateOf({ ...plan, seed: 7 })).toEqual(stateOf({ ...plan, seed: 7 }));
    expect(stateOf({ ...plan, seed: 7 })).not.toEqual(stateOf({ ...plan, seed: 8 }));
  });

  it('has a GUID and a name of its own for each of 5,000 computers', () => {
    const computers = [...stateOf({ computers: 5_000, events: 0 }).computers.values()];
    expect(new Set(computers.map(({ guid }) => guid)).size).toBe(5_000);
    expect(new Set(computers.map(({ hostname }) => hostname)).size).toBe(5_000);
  });

  it('has exactly the events that it is asked for', () => {
    for (const events of [0, 1, 500]) {
      expect(stateOf({ computers: 10, events }).events).toHaveLength(events);
    }
  });

  it('starts with the names that it is given', () => {
    const { computers } = stateOf({ computers: 3, events: 0, hostnames: ['a', 'b'] });
    expect([...computers.values()].map(({ hostname }) => hostname)).toMatchObject([
      'a',
      'b',
      expect.stringContaining('-00003'),
    ]);
  });

  it('is restored, with credentials and counts, when the simulator is reset', () => {
    const { simulator, call } = createCloud();
    const before = structuredClone(simulator.business('acme').state);
    call('DELETE', `/computers/${[...before.computers.keys()][0]}`);
    simulator.business('acme').detect();
    simulator.credentials.revoke('1234');
    simulator.reset();
    expect(simulator.business('acme').state).toEqual(before);
    expect(call('GET', '/version').headers['x-ratelimit-remaining']).toBe('2999');
    expect(simulator.describe()).toMatchObject([{ id: 'acme', computers: 40, events: 60 }]);
    expect(() => simulator.business('other')).toThrow(RangeError);
  });

  it('is changed over the control endpoint: computers come, go and stay', () => {
    const { simulator, computer } = createCloud();
    const { guid } = computer(({ online }) => online);
    const control = (change: object) =>
      simulator.handle({
        method: 'POST',
        path: '/__simulator/computers',
        body: Buffer.from(JSON.stringify({ business: 'acme', ...change })),
      }).status;
    expect(control({ disconnect: [guid], keep: [guid] })).toBe(200);
    expect(simulator.business('acme').computer(guid)).toMatchObject({
      online: false,
      deletable: false,
    });
    expect(control({ connect: [guid] })).toBe(200);
    expect(simulator.business('acme').computer(guid).online).toBe(true);
    expect(control({ connect: ['nobody'] })).toBe(400);
  });
});
