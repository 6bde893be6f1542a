import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cursorPages,
  flaggedPages,
  numberedPages,
  type Page,
  pageRows,
  walkPages,
} from '../../../shared/http/pagination.ts';
import type { Json } from '../../../shared/kernel/json.ts';

const rowsUpTo = (count: number): Json[] => Array.from({ length: count }, (_, id) => ({ id }));

async function collect<Cursor>(pages: AsyncIterable<Page<Cursor>>): Promise<Page<Cursor>[]> {
  const all: Page<Cursor>[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

/** A vendor list of `rows`, and the page numbers that were asked for. */
function createList(rows: readonly Json[], limit: number) {
  const asked: number[] = [];
  const fetchPage = async (page: number): Promise<Json> => {
    asked.push(page);
    return rows.slice(page * limit, (page + 1) * limit);
  };
  return { asked, fetchPage };
}

describe('a walk over numbered pages', () => {
  it.each([
    [0, 50, 1],
    [1, 50, 1],
    [145, 50, 3],
    [150, 50, 4],
    [500, 500, 2],
  ])('finds all of %i rows by %i in %i calls', async (count, limit, calls) => {
    const { asked, fetchPage } = createList(rowsUpTo(count), limit);
    const pages = await collect(walkPages({ style: numberedPages(limit), fetchPage }));
    expect(pages.flatMap(({ rows }) => rows)).toEqual(rowsUpTo(count));
    expect(asked).toEqual(Array.from({ length: calls }, (_, page) => page));
    expect(pages.at(-1)?.next).toBeUndefined();
  });

  it('resumes at any cursor it gave, without losing or repeating a row', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(60),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(8),
        async (n, limit, k) => {
          const { fetchPage } = createList(rowsUpTo(n), limit);
          const style = numberedPages(limit);
          const whole = await collect(walkPages({ style, fetchPage }));
          const before = whole.slice(0, k + 1);
          const from = before.at(-1)?.next;
          const after =
            from === undefined ? [] : await collect(walkPages({ style, fetchPage, from }));
          expect([...before, ...after].flatMap(({ rows }) => rows)).toEqual(rowsUpTo(n));
        },
      ),
      { seed: 3, numRuns: 200 },
    );
  });

  it('ends when the vendor ignores the page number', async () => {
    let calls = 0;
    const fetchPage = async (): Promise<Json> => {
      calls += 1;
      return rowsUpTo(3);
    };
    const pages = await collect(walkPages({ style: numberedPages(3), fetchPage }));
    expect(pages.flatMap(({ rows }) => rows)).toEqual(rowsUpTo(3));
    expect(calls).toBe(2);
  });

  it('yields a row once when it moves to the next page', async () => {
    const answers: Json[] = [[{ id: 1 }, { id: 2 }], [{ id: 2 }, { id: 3 }], []];
    const fetchPage = async (page: number): Promise<Json> => answers[page] ?? [];
    const pages = await collect(walkPages({ style: numberedPages(2), fetchPage }));
    expect(pages.map(({ rows }) => rows)).toEqual([[{ id: 1 }, { id: 2 }], [{ id: 3 }], []]);
  });

  it('keeps every row where rows have no identity', async () => {
    const { fetchPage } = createList(['a', 'a', 'b'], 2);
    const pages = await collect(walkPages({ style: numberedPages(2), fetchPage }));
    expect(pages.flatMap(({ rows }) => rows)).toEqual(['a', 'a', 'b']);
  });

  it('fails when a list has no end', async () => {
    const fetchPage = async (page: number): Promise<Json> => [{ id: page }];
    const walk = walkPages({ style: numberedPages(1), fetchPage, pagesMax: 5 });
    await expect(collect(walk)).rejects.toMatchObject({ code: 'provider.malformed-answer' });
  });

  it('passes on what a page fails with, after the pages before it', async () => {
    const fetchPage = async (page: number): Promise<Json> => {
      if (page === 1) throw new Error('no permit now');
      return [{ id: page }];
    };
    const walk = walkPages({ style: numberedPages(1), fetchPage });
    expect(await walk.next()).toEqual({
      done: false,
      value: { cursor: 0, rows: [{ id: 0 }], next: 1 },
    });
    await expect(walk.next()).rejects.toThrow('no permit now');
  });
});

describe('a walk over cursors', () => {
  it.each<Record<string, Json>>([{ nextCursor: null }, { nextCursor: '' }, { nextCursor: 7 }, {}])(
    'follows those found in the body, and ends at %j',
    async (last) => {
      const bodies: Record<string, Json> = {
        '': { data: [{ id: 'a' }], nextCursor: 'c1' },
        c1: { data: [{ id: 'b' }], ...last },
      };
      const fetchPage = async (cursor: string): Promise<Json> => bodies[cursor] ?? null;
      const style = cursorPages('nextCursor');
      const pages = await collect(walkPages({ style, fetchPage }));
      expect(pages.map(({ cursor, next }) => [cursor, next])).toEqual([
        ['', 'c1'],
        ['c1', undefined],
      ]);
    },
  );

  it('ends where a cursor leads to what was there', async () => {
    let asked = 0;
    const fetchPage = async (): Promise<Json> => {
      asked += 1;
      return { data: [{ id: 'a' }], nextCursor: 'again' };
    };
    await collect(walkPages({ style: cursorPages('nextCursor'), fetchPage }));
    expect(asked).toBe(2);
  });
});

describe('the rows of a page', () => {
  it.each<[Json, Json[]]>([
    [[1], [1]],
    [[], []],
    [null, []],
    [{ results: [1], size: 1 }, [1]],
    [{ data: [1] }, [1]],
    [{ results: null }, []],
    [{ data: null }, []],
  ])('of %j are %j', (body, rows) => {
    expect(pageRows(body)).toEqual(rows);
  });

  it.each<[Json]>([[{}], [{ errors: ['x'] }], [{ data: {} }], ['[]'], [7], [false]])(
    'of %j are a typed failure',
    (body) => {
      expect(() => pageRows(body)).toThrow(
        expect.objectContaining({ code: 'provider.malformed-answer' }),
      );
    },
  );
});

describe('a walk over flagged pages', () => {
  const walk = (answers: readonly Json[]) => {
    const asked: number[] = [];
    const fetchPage = async (page: number): Promise<Json> => {
      asked.push(page);
      return answers[page - 1] ?? null;
    };
    return { asked, pages: collect(walkPages({ style: flaggedPages, fetchPage })) };
  };
  const page = (ids: readonly number[], more: Record<string, Json>): Json => ({
    results: ids.map((id) => ({ id })),
    ...more,
  });

  it.each<Record<string, Json>>([
    { nextPage: false },
    { nextPage: false, nextPageNo: 0 },
    { nextPage: false, nextPageNo: 7 },
    { nextPage: 'true', nextPageNo: 3 },
    {},
  ])('goes on while nextPage is true, and ends at %j', async (last) => {
    const first = page([1, 2], { nextPage: true, nextPageNo: 9 });
    const { asked, pages } = walk([first, page([3], last)]);
    expect((await pages).flatMap(({ rows }) => rows)).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    expect(asked).toEqual([1, 2]);
  });

  it('ends at a page that repeats what was there, and at an empty one', async () => {
    const more = { nextPage: true };
    for (const again of [page([1], more), page([], more), { results: null, nextPage: true }]) {
      const { asked, pages } = walk([page([1], more), again, page([2], more)]);
      expect((await pages).flatMap(({ rows }) => rows)).toEqual([{ id: 1 }]);
      expect(asked).toEqual([1, 2]);
    }
  });

  it('takes a bare array for the whole list', async () => {
    const { asked, pages } = walk([[{ id: 1 }]]);
    expect(await pages).toEqual([{ cursor: 1, rows: [{ id: 1 }], next: undefined }]);
    expect(asked).toEqual([1]);
  });
});
