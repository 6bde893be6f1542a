import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ResultReader, ResultStore } from '../../shared/jobs/ports.ts';
import { sampleJob } from '../support/sample-job.ts';

const job = sampleJob();

/** What every store of results does, and its reader. `openStore` gives an empty one. */
export function describeResultStore(name: string, openStore: OpenStore): void {
  describeParts(name, openStore);
  describeObjects(name, openStore);
  describeNotes(name, openStore);
}

type OpenStore = () => Promise<ResultStore & ResultReader>;

const read = async (store: ResultReader, key: string): Promise<string> =>
  gunzipSync((await store.read(key)) ?? new Uint8Array()).toString();

function describeParts(name: string, openStore: OpenStore): void {
  describe(`${name}: results`, () => {
    it('joins the parts in order into one gzipped NDJSON object', async () => {
      const store = await openStore();
      await store.putPart(job, 1, [{ n: 3 }]);
      await store.putPart(job, 0, [{ n: 1 }, { n: 2, text: 'grüße\n☃' }]);
      const sealed = await store.seal(job, 2);
      expect(sealed.rows).toBe(3);
      expect(await read(store, sealed.key)).toBe('{"n":1}\n{"n":2,"text":"grüße\\n☃"}\n{"n":3}\n');
      expect((await store.read(sealed.key))?.length).toBe(sealed.bytes);
    });

    it('keeps integers beyond 2^53 exact', async () => {
      const store = await openStore();
      await store.putPart(job, 0, [{ id: 9007199254740993n }]);
      const { key } = await store.seal(job, 1);
      expect(await read(store, key)).toBe('{"id":9007199254740993}\n');
    });

    it('joins more parts than are read at once', async () => {
      const store = await openStore();
      const indexes = Array.from({ length: 21 }, (_, index) => index);
      await Promise.all(indexes.map((index) => store.putPart(job, index, [index])));
      const sealed = await store.seal(job, 21);
      expect(sealed.rows).toBe(21);
      expect(await read(store, sealed.key)).toBe(indexes.map((index) => `${index}\n`).join(''));
    });

    it('takes the last writing of a part that was written twice', async () => {
      const store = await openStore();
      await store.putPart(job, 0, [1, 2]);
      await store.putPart(job, 0, [1, 2, 3]);
      expect((await store.seal(job, 1)).rows).toBe(3);
    });
  });
}

function describeObjects(name: string, openStore: OpenStore): void {
  describe(`${name}: sealed results`, () => {
    it('seals the same object again, for a step that is repeated', async () => {
      const store = await openStore();
      await store.putPart(job, 0, [1]);
      expect(await store.seal(job, 1)).toEqual(await store.seal(job, 1));
    });

    it('makes an empty object of no parts and of parts without rows', async () => {
      const store = await openStore();
      const none = await store.seal(job, 0);
      expect([none.rows, await read(store, none.key)]).toEqual([0, '']);
      await store.putPart(job, 0, []);
      const empty = await store.seal(job, 1);
      expect([empty.rows, await read(store, empty.key)]).toEqual([0, '']);
    });

    it('refuses to seal a result of which a part is not there', async () => {
      const store = await openStore();
      await store.putPart(job, 0, [1]);
      await expect(store.seal(job, 2)).rejects.toThrow(/is not there/);
    });

    it('keeps the results of two runs of a job apart', async () => {
      const store = await openStore();
      const second = { ...job, run: 2 };
      await store.putPart(job, 0, ['first']);
      await store.putPart(second, 0, ['second']);
      const [a, b] = [await store.seal(job, 1), await store.seal(second, 1)];
      expect(await read(store, a.key)).toBe('"first"\n');
      expect(await read(store, b.key)).toBe('"second"\n');
    });

    it('reads nothing where the object is gone', async () => {
      expect(await (await openStore()).read('results/none')).toBeUndefined();
    });
  });
}

function describeNotes(name: string, openStore: OpenStore): void {
  describe(`${name}: notes`, () => {
    it('gives back a value exactly, to a later run of the job as well', async () => {
      const store = await openStore();
      const value = { devices: [1, 9007199254740993n], name: null };
      await store.putNote(job, 'targets', value);
      expect(await store.findNote({ ...job, run: 2 }, 'targets')).toEqual(value);
    });

    it('finds nothing under another name or for another job', async () => {
      const store = await openStore();
      await store.putNote(job, 'targets', [1]);
      expect(await store.findNote(job, 'other')).toBeUndefined();
      expect(await store.findNote(sampleJob({ id: 'job_other' }), 'targets')).toBeUndefined();
    });
  });
}
