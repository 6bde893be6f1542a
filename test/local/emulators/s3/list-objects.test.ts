import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listObjects } from '../../../../local/emulators/s3/list-objects.ts';

const keys = fc.uniqueArray(
  fc.string({ unit: fc.constantFrom('a', 'b', '/', 'é', '\u{1f600}'), minLength: 1, maxLength: 6 }),
);

/** Every entry, page by page. */
function readAll(all: readonly string[], delimiter: string, entriesMax: number) {
  const entries: string[] = [];
  let after = '';
  for (;;) {
    const page = listObjects(all, { prefix: '', delimiter, after, entriesMax });
    entries.push(...[...page.keys, ...page.commonPrefixes]);
    if (page.next === undefined) return entries;
    after = page.next;
  }
}

describe('listObjects', () => {
  it('gives each key once, whatever the page size', () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 5 }), (all, entriesMax) => {
        expect(readAll(all, '', entriesMax).sort()).toEqual([...all].sort());
      }),
    );
  });

  it('gives each folder or plain key once, whatever the page size', () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 5 }), (all, entriesMax) => {
        const expected = new Set(all.map((key) => key.replace(/\/.*$/, '/')));
        expect(readAll(all, '/', entriesMax).sort()).toEqual([...expected].sort());
      }),
    );
  });

  it('orders keys by their UTF-8 bytes', () => {
    const page = listObjects(['\u{1f600}', '\uff5e', 'z'], {
      prefix: '',
      delimiter: '',
      after: '',
      entriesMax: 10,
    });

    expect(page.keys).toEqual(['z', '\uff5e', '\u{1f600}']);
  });
});
