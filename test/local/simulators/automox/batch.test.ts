import { describe, expect, it } from 'vitest';
import { createConsole } from './console.ts';

const apply = (...value: string[]) => ({ attribute: 'tags', action: 'apply', value });
const remove = (...value: string[]) => ({ attribute: 'tags', action: 'remove', value });

describe('Automox POST /servers/batch', () => {
  it('answers a job at once, and changes the tags after its delay', () => {
    const { call, wait, device } = createConsole({ settings: { batchDelayMs: 2_000 } });
    const { id, tags } = device(0);
    const reply = call('POST', '/servers/batch', {
      body: { devices: [id, 5], actions: [apply('new', 'other')] },
    });
    expect(reply.status).toBe(200);
    expect(reply.json()).toMatchObject({
      total_jobs: 2,
      pending_jobs: 1,
      failed_jobs: 1,
      progress: 0,
      options: { queue: 'batch' },
      cancelled_at: null,
      finished_at: null,
    });
    wait(1_999);
    expect(device(0).tags).toEqual(tags);
    wait(1);
    expect(device(0).tags).toEqual([...tags, 'new', 'other']);
  });

  it('reports no device that it does not know as failed where it is set so', () => {
    const { call, device } = createConsole({ settings: { absentDevicesFail: false } });
    const body = { devices: [device(0).id, 5], actions: [apply('new')] };
    const reply = call('POST', '/servers/batch', { body });
    expect(reply.json()).toMatchObject({ total_jobs: 2, failed_jobs: 0 });
  });

  it('does the actions of a job in their order, and jobs in the order of their times', () => {
    const { call, wait, device } = createConsole();
    const { id } = device(0);
    const send = (...actions: object[]) =>
      call('POST', '/servers/batch', { body: { devices: [id], actions } });
    send(apply('a', 'b', 'c'), remove('b'));
    wait(10);
    send(apply('a'), remove('c'));
    wait(60_000);
    const tags = device(0).tags.filter((tag) => ['a', 'b', 'c'].includes(tag));
    expect(tags).toEqual(['a']);
  });

  it('takes 500 devices and counts those it reaches as its effect', () => {
    const { simulator, call } = createConsole({ fleet: { devices: 500 } });
    const devices = [...simulator.org(9237).devices.keys()];
    const reply = call('POST', '/servers/batch', { body: { devices, actions: [apply('x')] } });
    expect(reply.status).toBe(200);
    expect(simulator.audit().writes).toMatchObject([{ effects: 500 }]);
  });

  it.each([
    ['501 devices', { devices: Array.from({ length: 501 }, (_, id) => id), actions: [apply('x')] }],
    ['no devices', { devices: [], actions: [apply('x')] }],
    ['ids as text', { devices: ['7'], actions: [apply('x')] }],
    ['no actions', { devices: [7], actions: [] }],
    ['an unknown action', { devices: [7], actions: [{ ...apply('x'), action: 'replace' }] }],
    ['an unknown attribute', { devices: [7], actions: [{ ...apply('x'), attribute: 'name' }] }],
    ['no tags', { devices: [7], actions: [apply()] }],
    ['an array', [1]],
  ])('refuses %s', (_, body) => {
    const { simulator, call } = createConsole();
    const reply = call('POST', '/servers/batch', { body });
    expect(reply.status).toBe(400);
    expect(reply.json()).toEqual({ errors: [expect.any(String)] });
    expect(simulator.audit().writes).toMatchObject([{ effects: 0 }]);
  });
});

describe('Automox /servers/{id}/queues', () => {
  it('answers 201 without a body, and finishes the command of a connected device later', () => {
    const { simulator, call, wait } = createConsole({ settings: { commandDelayMs: 5_000 } });
    const fleet = [...simulator.org(9237).devices.values()];
    const online = fleet.find(({ connected }) => connected);
    const offline = fleet.find(({ connected }) => !connected);
    for (const device of [online, offline]) {
      const body = { command_type_name: 'GetOS' };
      const reply = call('POST', `/servers/${device?.id}/queues`, { body });
      expect(reply).toMatchObject({ status: 201, text: '' });
    }
    const responseTimeOf = (id: number | undefined) =>
      call('GET', `/servers/${id}/queues`).json<{ response_time: string | null }[]>()[0]
        ?.response_time;
    expect(responseTimeOf(online?.id)).toBeNull();
    wait(5_000);
    expect(responseTimeOf(online?.id)).toBe('2026-03-28T15:52:52+0000');
    expect(responseTimeOf(offline?.id)).toBeNull();
  });

  it.each([
    ['an unknown command', { command_type_name: 'Format' }],
    ['InstallUpdate without args', { command_type_name: 'InstallUpdate' }],
    ['Reboot with args', { command_type_name: 'Reboot', args: 'now' }],
  ])('refuses %s', (_, body) => {
    const { call, device } = createConsole();
    expect(call('POST', `/servers/${device(0).id}/queues`, { body }).status).toBe(400);
  });
});
