import { describe, expect, it } from 'vitest';
import { createConsole, ORG } from './console.ts';

const BODY = { name: 'Sluice', url: 'https://hooks.example/a', eventTypes: ['policy.created'] };

interface WebhookReply {
  readonly data: { readonly id: string; readonly secret: string };
}

interface ListReply {
  readonly data: readonly { readonly id: string }[];
  readonly nextCursor: string | null;
}

function setUp() {
  const test = createConsole();
  const path = `/organizations/${test.simulator.org(ORG).uuid}/webhooks`;
  const create = (body: object = BODY) => test.call('POST', path, { body });
  return { ...test, path, create };
}

describe('Automox webhooks', () => {
  it('shows the secret once, and another one after each rotation', () => {
    const { call, path, create } = setUp();
    const { id, secret } = create().json<WebhookReply>().data;
    expect(call('GET', `${path}/${id}`).json<WebhookReply>().data.secret).toBeUndefined();
    const rotated = call('POST', `${path}/${id}/secret/rotate`).json<WebhookReply>().data;
    expect(rotated.secret).toMatch(/^[0-9a-f]{64}$/);
    expect(rotated.secret).not.toBe(secret);
  });

  it('lists, changes and deletes', () => {
    const { call, path, create } = setUp();
    const { id } = create().json<WebhookReply>().data;
    call('PATCH', `${path}/${id}`, { body: { enabled: false } });
    const listed = { data: [{ ...BODY, id, enabled: false }], nextCursor: null };
    expect(call('GET', path).json()).toEqual(listed);
    expect(call('PUT', `${path}/${id}`, { body: { enabled: true } }).status).toBe(400);
    expect(call('DELETE', `${path}/${id}`).status).toBe(204);
    expect(call('GET', path).json()).toEqual({ data: [], nextCursor: null });
  });

  it('pages its listing by a cursor, until that is null', () => {
    const { call, path, create } = setUp();
    const ids = [1, 2, 3, 4, 5].map(() => create().json<WebhookReply>().data.id);
    const pages: string[][] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query = cursor === '' ? {} : { cursor };
      const reply: ListReply = call('GET', path, { query }).json<ListReply>();
      pages.push(reply.data.map(({ id }) => id));
      cursor = reply.nextCursor;
    }
    expect(pages).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
    expect(call('GET', path, { query: { cursor: 'none' } }).status).toBe(400);
  });

  it('shows no secret but in the answers that make one', () => {
    const { call, path, create, simulator } = setUp();
    const { id } = create().json<WebhookReply>().data;
    call('POST', `${path}/${id}/secret/rotate`);
    const secrets = simulator.org(ORG).webhooks.get(id)?.secrets ?? [];
    expect(secrets).toHaveLength(2);
    const shown = [
      call('GET', path),
      call('GET', `${path}/${id}`),
      call('PATCH', `${path}/${id}`, { body: { name: 'Other' } }),
      call('POST', `${path}/${id}/test`),
      call('GET', `${path}/${id}/deliveries`),
    ].map(({ text }) => text);
    for (const secret of secrets) expect(shown.join()).not.toContain(secret);
  });

  it('refuses an event type that it does not know', () => {
    const { create } = setUp();
    expect(
      create({ ...BODY, eventTypes: ['policy.created', 'policy.praised'] }).json(),
    ).toMatchObject({
      errors: [{ field: 'eventTypes' }],
    });
  });

  it('keeps test deliveries', () => {
    const { call, path, create } = setUp();
    const { id } = create().json<WebhookReply>().data;
    call('POST', `${path}/${id}/test`);
    expect(call('GET', `${path}/${id}/deliveries`).json()).toMatchObject({
      data: [{ eventType: 'test' }],
      meta: { cursor: null, total: 1 },
    });
  });

  it('has room for five', () => {
    const { create } = setUp();
    const statuses = [1, 2, 3, 4, 5, 6].map(() => create().status);
    expect(statuses).toEqual([201, 201, 201, 201, 201, 409]);
  });

  it('names each wrong field in a row of errors', () => {
    const { create } = setUp();
    const reply = create({ url: 'http://hooks.example', eventTypes: [] });
    expect(reply.json()).toMatchObject({
      title: 'Bad Request',
      status: 400,
      errors: [{ field: 'name' }, { field: 'url' }, { field: 'eventTypes' }],
    });
  });

  it('answers a body with a timestamp for one that is absent', () => {
    const { call, path } = setUp();
    expect(call('GET', `${path}/none`).json()).toEqual({
      timestamp: '2026-03-28T15:52:47.000Z',
      status: 404,
      error: 'Not Found',
      path: `/api${path}/none`,
    });
  });
});
