import { describe, expect, it } from 'vitest';
import { createCloud } from './cloud.ts';

interface Stream {
  readonly id: number;
  readonly amqp_credentials: { readonly password?: string; readonly queue_name: string };
}

const BODY = { name: 'detections', event_type: [1_090_519_054], group_guid: [] };

describe('AMP event streams', () => {
  it('show their password once, when they are made', () => {
    const { call } = createCloud();
    const made = call('POST', '/event_streams', { body: BODY });
    expect(made.status).toBe(201);
    const { id, amqp_credentials } = made.data<Stream>();
    expect(amqp_credentials).toEqual({
      user_name: expect.stringMatching(/^1-[0-9a-f]{64}$/),
      password: expect.stringMatching(/^[0-9a-f]{64}$/),
      queue_name: `event_stream_${id}`,
      host: 'export-streaming.amp.cisco.com',
      port: '443',
      proto: 'amqps',
    });
    const later = [
      call('GET', '/event_streams'),
      call('GET', `/event_streams/${id}`),
      call('PATCH', `/event_streams/${id}`, { body: { name: 'renamed' } }),
    ];
    for (const { status, text } of later) {
      expect(status).toBe(200);
      expect(text).toContain(amqp_credentials.queue_name);
      expect(text).not.toContain('password');
    }
  });

  it('are five at most: the sixth is refused until one is deleted', () => {
    const { simulator, call } = createCloud();
    const make = () => call('POST', '/event_streams', { body: BODY });
    const made = [make(), make(), make(), make(), make()];
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(make()).toMatchObject({ status: 400 });
    const path = `/event_streams/${made[0]?.data<Stream>().id}`;
    expect([call('DELETE', path).status, call('DELETE', path).status]).toEqual([200, 404]);
    expect(make().status).toBe(201);
    expect(simulator.business('acme').state.streams.size).toBe(5);
  });

  it('keep what a change leaves out', () => {
    const { call } = createCloud();
    const { id } = call('POST', '/event_streams', { body: BODY }).data<Stream>();
    call('PATCH', `/event_streams/${id}`, { body: { name: 'renamed' } });
    expect(call('GET', `/event_streams/${id}`).data()).toMatchObject({
      name: 'renamed',
      event_types: [1_090_519_054],
      group_guids: [],
    });
  });

  it.each([
    { event_type: [1] },
    { name: 'x', event_type: ['Threat Detected'] },
    { name: 'x', group_guid: ['none'] },
    { name: 'x', password: 'mine' },
  ])('refuse %o with 400', (body) => {
    expect(createCloud().call('POST', '/event_streams', { body }).status).toBe(400);
  });
});
