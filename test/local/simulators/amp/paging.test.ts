import { describe, expect, it } from 'vitest';
import { createCloud, type Envelope, type TestCloud } from './cloud.ts';

type Row = { connector_guid: string };

/** Follows `next` as a client would, and returns the pages. */
function walk({ call }: TestCloud, path: string, limit: number): Envelope<Row[]>[] {
  const pages: Envelope<Row[]>[] = [];
  let query = new URLSearchParams({ limit: String(limit) });
  for (;;) {
    const page = call('GET', path, { query }).json<Row[]>();
    pages.push(page);
    const { next } = page.metadata.links;
    if (next === undefined) return pages;
    query = new URL(next).searchParams;
  }
}

describe('AMP paging', () => {
  it.each([
    [40, [40]],
    [20, [20, 20]],
    [15, [15, 15, 10]],
    [39, [39, 1]],
  ])('walks 40 computers by %i without an empty page behind the last', (limit, sizes) => {
    const pages = walk(createCloud(), '/computers', limit);
    expect(pages.map(({ data }) => data.length)).toEqual(sizes);
    const guids = pages.flatMap(({ data }) => data.map((row) => row.connector_guid));
    expect(new Set(guids).size).toBe(40);
  });

  it('counts items, not pages, and names the page before', () => {
    const { call } = createCloud();
    const { metadata } = call('GET', '/computers', { query: { limit: 10, offset: 25 } }).json();
    expect(metadata).toEqual({
      links: {
        self: 'https://api.amp.cisco.com/v1/computers?limit=10&offset=25',
        prev: 'https://api.amp.cisco.com/v1/computers?limit=10&offset=15',
        next: 'https://api.amp.cisco.com/v1/computers?limit=10&offset=35',
      },
      results: { total: 40, current_item_count: 10, index: 25, items_per_page: 10 },
    });
  });

  it('holds 500 rows at most, also when no limit is asked for', () => {
    const { call } = createCloud({ fleet: { computers: 1_000, events: 0 } });
    const { data, metadata } = call('GET', '/computers').json<Row[]>();
    expect(data).toHaveLength(500);
    expect(metadata.results).toMatchObject({ total: 1_000, items_per_page: 500 });
    const last = call('GET', '/computers', { query: { offset: 500 } }).json<Row[]>();
    expect(last.data).toHaveLength(500);
    expect(last.metadata.links.next).toBeUndefined();
  });

  it.each([
    ['clamp', 200],
    ['refuse', 400],
  ] as const)('above 500 it can %s, with %i', (limitAboveMax, status) => {
    const { call } = createCloud({ settings: { limitAboveMax } });
    expect(call('GET', '/computers', { query: { limit: 501 } }).status).toBe(status);
    expect(call('GET', '/computers', { query: { limit: 500 } }).status).toBe(200);
  });

  it.each([{ limit: 0 }, { limit: 'ten' }, { offset: -1 }])('refuses %o with 400', (query) => {
    expect(createCloud().call('GET', '/computers', { query }).status).toBe(400);
  });

  it('has no rows and no next past the end', () => {
    const { call } = createCloud();
    const { data, metadata } = call('GET', '/computers', { query: { offset: 900 } }).json<Row[]>();
    expect(data).toEqual([]);
    expect(metadata.links.next).toBeUndefined();
  });

  it('links to the host that it was asked at, with the filters kept', () => {
    const { call } = createCloud();
    const query = { 'product[]': 'windows', limit: 1 };
    const headers = { host: '127.0.0.1:4571' };
    const { links } = call('GET', '/policies', { query, headers }).json().metadata;
    expect(links.next).toBe(
      'http://127.0.0.1:4571/v1/policies?product%5B%5D=windows&limit=1&offset=1',
    );
  });

  it('points next at another host when told so', () => {
    const { call } = createCloud({ settings: { nextOrigin: 'https://elsewhere.example' } });
    const { links } = call('GET', '/computers', { query: { limit: 10 } }).json().metadata;
    expect(links.next).toBe('https://elsewhere.example/v1/computers?limit=10&offset=10');
    expect(links.self).toContain('https://api.amp.cisco.com/');
  });

  it('miscounts the items of a page when told so', () => {
    const { call } = createCloud({ settings: { miscountsItems: true } });
    const { data, metadata } = call('GET', '/groups').json<object[]>();
    expect(metadata.results.current_item_count).toBe(data.length + 1);
  });

  it.each([
    ['GET', '/computers', { page: 2 }],
    ['GET', '/computers', { hostname: 'bare' }],
    ['GET', '/events', { end_date: '2026-01-01' }],
    ['GET', '/version', { limit: 1 }],
  ])('refuses %s %s with the unknown parameter of %o', (method, path, query) => {
    const reply = createCloud().call(method, path, { query });
    expect(reply.status).toBe(400);
    expect(reply.json()).toMatchObject({
      version: 'v1.2.0',
      metadata: { links: { self: expect.stringContaining(path) } },
      data: {},
      errors: [
        {
          error_code: 400,
          description: 'Bad Request',
          details: [`Unexpected parameter: ${Object.keys(query)[0]}`],
        },
      ],
    });
  });
});
