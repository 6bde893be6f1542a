import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkedOffsets, walkPages } from '../../../shared/http/pagination.ts';
import type { Json } from '../../../shared/kernel/json.ts';

interface Quirks {
  /** What the counts of each page add to the truth. */
  readonly miscount?: number;
  /** What the pages have as links; default: `next` while there is more. */
  readonly links?: 'none' | 'elsewhere';
}

/** A vendor list of `total` rows by `limit`, and the offsets that were asked for. */
function createList(total: number, limit: number, { miscount = 0, links }: Quirks = {}) {
  const rows = Array.from({ length: total }, (_, id) => ({ id }));
  const asked: number[] = [];
  const host = links === 'elsewhere' ? 'https://elsewhere.example' : 'https://api.amp.cisco.com';
  const fetchPage = async (offset: number): Promise<Json> => {
    asked.push(offset);
    const data = rows.slice(offset, offset + limit);
    const more = offset + limit < total;
    const results = { total, current_item_count: data.length + miscount, index: offset };
    const next = more ? { next: `${host}/v1/computers?offset=${offset + limit}` } : {};
    return { metadata: { ...(links === 'none' ? {} : { links: next }), results }, data };
  };
  return { rows, asked, fetchPage };
}

async function walk(list: Pick<ReturnType<typeof createList>, 'fetchPage'>, from?: number) {
  const rows: Json[] = [];
  const nexts: (number | undefined)[] = [];
  const start = from === undefined ? {} : { from };
  for await (const page of walkPages({ style: linkedOffsets, ...list, ...start })) {
    rows.push(...page.rows);
    nexts.push(page.next);
  }
  return { rows, nexts };
}

describe('a walk over linked offsets', () => {
  it.each([
    [0, 3, [0]],
    [2, 3, [0]],
    [7, 3, [0, 3, 6]],
    // No empty page is asked for behind a last one that is exactly full.
    [500, 500, [0]],
    [1_000, 500, [0, 500]],
  ])('finds all of %i rows by %i', async (total, limit, offsets) => {
    const list = createList(total, limit);
    expect((await walk(list)).rows).toEqual(list.rows);
    expect(list.asked).toEqual(offsets);
  });

  it('counts the offset from the page, not from all rows so far, which would double it', async () => {
    const list = createList(9, 2);
    await walk(list);
    expect(list.asked).toEqual([0, 2, 4, 6, 8]);
  });

  it('ends where the next link is missing instead of beginning anew', async () => {
    const list = createList(3, 3);
    expect((await walk(list)).nexts).toEqual([undefined]);
  });

  it('trusts the rows where the count of the page is another', async () => {
    const list = createList(7, 3, { miscount: 1 });
    expect((await walk(list)).rows).toEqual(list.rows);
    expect(list.asked).toEqual([0, 3, 6]);
  });

  it('S9 follows no link: one to another host leads to the next offset all the same', async () => {
    const list = createList(7, 3, { links: 'elsewhere' });
    expect((await walk(list)).rows).toEqual(list.rows);
    expect(list.asked).toEqual([0, 3, 6]);
  });

  it('goes on by the total where there are no links', async () => {
    const list = createList(7, 3, { links: 'none' });
    expect((await walk(list)).rows).toEqual(list.rows);
    expect(list.asked).toEqual([0, 3, 6]);
  });

  it('ends on an answer that has no metadata', async () => {
    const { rows, nexts } = await walk({ fetchPage: async () => ({ data: [{ id: 1 }] }) });
    expect({ rows, nexts }).toEqual({ rows: [{ id: 1 }], nexts: [undefined] });
  });

  it('resumes at any cursor it gave, without losing or repeating a row', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(60),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(8),
        async (total, limit, k) => {
          const list = createList(total, limit);
          const { nexts } = await walk(list);
          const from = nexts[Math.min(k, nexts.length - 1)];
          const after = from === undefined ? [] : (await walk(list, from)).rows;
          expect(after).toEqual(list.rows.slice(from ?? total));
        },
      ),
      { seed: 5, numRuns: 100 },
    );
  });
});
