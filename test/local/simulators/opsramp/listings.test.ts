import { describe, expect, it } from 'vitest';
import { createClientTenant } from './client-tenant.ts';

interface Page {
  readonly results: readonly { readonly id: string; readonly uniqueId: string }[];
  readonly totalResults: number;
  readonly nextPage: boolean;
}

describe('OpsRamp listings', () => {
  it.each([
    { resources: 45, lengths: [20, 20, 5] },
    { resources: 40, lengths: [20, 20] },
    { resources: 0, lengths: [0] },
  ])('give $resources rows by 20 as pages of $lengths', ({ resources, lengths }) => {
    const { call } = createClientTenant({ fleet: { resources, alerts: 0 } });
    const pages = lengths.map((_, index) =>
      call('GET', '/resources/search', { query: { pageNo: index + 1, pageSize: 20 } }).json<Page>(),
    );
    expect(pages.map(({ results }) => results.length)).toEqual(lengths);
    expect(pages.map(({ nextPage }) => nextPage)).toEqual(
      lengths.map((_, index) => index < lengths.length - 1),
    );
    expect(new Set(pages.flatMap(({ results }) => results).map(({ id }) => id)).size).toBe(
      resources,
    );
  });

  it('have the documented envelope', () => {
    const { call } = createClientTenant({ fleet: { resources: 5, alerts: 0 } });
    const query = { pageNo: 2, pageSize: 2, sortName: 'hostName', isDescendingOrder: 'false' };
    const { results, ...envelope } = call('GET', '/resources/search', { query }).json<Page>();
    expect(results).toHaveLength(2);
    expect(envelope).toEqual({
      totalResults: 5,
      orderBy: 'hostName',
      pageNo: 2,
      pageSize: 2,
      totalPages: 3,
      nextPage: true,
      nextPageNo: 3,
      previousPageNo: 1,
      descendingOrder: false,
    });
  });

  it('end without a nextPageNo, or with 0, and are empty beyond', () => {
    const { simulator, call } = createClientTenant();
    const last = () => call('GET', '/resources/search', { query: { pageNo: 2 } }).json<Page>();
    expect(last()).toMatchObject({ results: [], nextPage: false });
    expect(last()).not.toHaveProperty('nextPageNo');
    simulator.configure({ lastNextPageNo: 'zero' });
    expect(last()).toHaveProperty('nextPageNo', 0);
  });

  it('order numbers in text as numbers, newest first unless told otherwise', () => {
    const { call } = createClientTenant({ fleet: { resources: 1, alerts: 45 } });
    const ids = (query: Record<string, string>) =>
      call('GET', '/alerts/search', { query })
        .json<Page>()
        .results.map(({ uniqueId }) => Number(uniqueId));
    const newest = ids({});
    expect(newest).toEqual(newest.toSorted((a, b) => b - a));
    expect(ids({ isDescendingOrder: 'false' })).toEqual(newest.toReversed());
  });

  it('give no more rows than the largest page allows', () => {
    const { call } = createClientTenant({ settings: { pageSizeMax: 10 } });
    const page = call('GET', '/alerts/search', { query: { pageSize: 1_000 } }).json<Page>();
    expect(page).toMatchObject({ pageSize: 10, totalPages: 5 });
    expect(page.results).toHaveLength(10);
  });

  it('shift when new alerts come in between two pages', () => {
    const { call } = createClientTenant({ settings: { alertsPerPageTurn: 3 } });
    const idsOf = (pageNo: number): string[] =>
      call('GET', '/alerts/search', { query: { pageNo, pageSize: 20 } })
        .json<Page>()
        .results.map(({ uniqueId }) => uniqueId);
    const [first, second] = [idsOf(1), idsOf(2)];
    expect(second.slice(0, 3)).toEqual(first.slice(-3));
    expect(idsOf(1)[0]).not.toBe(first[0]);
  });

  it.each([
    ['pageNo 0', { pageNo: 0 }],
    ['text for a size', { pageSize: 'many' }],
    ['another order', { isDescendingOrder: 'yes' }],
    ['an unknown key', { queryString: 'colour:red' }],
    ['a key without a value', { queryString: 'state:' }],
    ['no key at all', { queryString: 'active' }],
    ['a date that is none', { queryString: 'startCreationDate:yesterday' }],
  ])('refuse %s with an array of fields', (_, query: Record<string, string | number>) => {
    const { call } = createClientTenant();
    const reply = call('GET', '/resources/search', { query });
    expect(reply.status).toBe(400);
    expect(reply.json()).toEqual([
      { code: '0002', fieldName: expect.any(String), message: expect.any(String) },
    ]);
  });

  it('join keys by plus and values by commas, and keep the plus of a date', () => {
    const { call } = createClientTenant({ fleet: { resources: 60, alerts: 0 } });
    const count = (queryString: string): number =>
      call('GET', '/resources/search', { query: { queryString } }).json<Page>().totalResults;
    const [active, inactive] = [count('state:active'), count('state:INACTIVE')];
    expect(Math.min(active, inactive)).toBeGreaterThan(0);
    expect(count('state:active,inactive')).toBe(active + inactive);
    expect(count('state:all')).toBe(60);
    const from = 'startCreationDate:2026-01-05T08:00:10+0000';
    expect(count(`${from}+endCreationDate:2026-01-05T08:00:19+0000`)).toBe(10);
    expect(count(`${from}+state:active`) + count(`${from}+state:inactive,discovered`)).toBe(50);
  });

  it('take a plus that was not encoded for a blank, which no longer separates', () => {
    const { call } = createClientTenant();
    const query = { queryString: 'state:active type:DEVICE' };
    expect(call('GET', '/resources/search', { query }).json()).toMatchObject({ totalResults: 0 });
  });
});
