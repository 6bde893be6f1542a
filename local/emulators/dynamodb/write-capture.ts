/**
 * A view of the store on which a dynalite action runs without effect: reads are real, writes are
 * collected. The collected writes are then applied as one LevelDB batch, so that a row and its index
 * entries appear together or, after a kill, not at all.
 *
 * Assumes that no other writer runs until the batch is applied (see `endpoint/serial-queue`),
 * which is why dynalite's own row locks are passed over.
 */
import type { Callback, DynaliteStore, Item, LevelWrite, SubDb } from './dynalite-store.ts';

export interface WriteCapture {
  readonly store: DynaliteStore;
  readonly writes: readonly LevelWrite[];
  /** Each row that the action looked up, as it was. */
  readonly seen: readonly (Item | undefined)[];
  /** Rejects when dynalite throws inside one of its callbacks, which would end the process. */
  readonly thrown: Promise<never>;
}

export function captureWrites(real: DynaliteStore): WriteCapture {
  const writes: LevelWrite[] = [];
  const seen: (Item | undefined)[] = [];
  const { promise: thrown, reject } = Promise.withResolvers<never>();
  const guarded =
    <T>(callback: Callback<T>): Callback<T> =>
    (error, value) => {
      try {
        callback(error, value);
      } catch (defect) {
        reject(defect);
      }
    };
  const captured = (prefix: string, subDb: SubDb): SubDb => ({
    ...subDb,
    lock: (_key, run) => run((callback) => callback),
    get: (key, callback) =>
      subDb.get(key, (error, item) => {
        seen.push(item);
        guarded(callback)(error, item);
      }),
    put: (key, value, callback) => {
      writes.push({ type: 'put', key: prefix + key, value });
      guarded(callback)(null);
    },
    del: (key, callback) => {
      writes.push({ type: 'del', key: prefix + key });
      guarded(callback)(null);
    },
  });
  // The prefixes are dynalite's own (db/index.js, getItemDb and getIndexDb).
  const store: DynaliteStore = {
    ...real,
    getItemDb: (table) => captured(`item-${table}~`, real.getItemDb(table)),
    getIndexDb: (type, table, index) =>
      captured(
        `index-${type.toLowerCase()}~${table}~${index}~`,
        real.getIndexDb(type, table, index),
      ),
    getTable: (name, ...rest) => {
      const callback = rest.pop() as Callback<unknown>;
      real.getTable(name, ...rest, guarded(callback));
    },
  };
  return { store, writes, seen, thrown };
}
