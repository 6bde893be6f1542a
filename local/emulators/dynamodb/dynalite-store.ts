/**
 * The typed door to dynalite's inner modules. Its public server offers no seam between an action
 * and the database, and atomic writes need one; version 4.0.0 is pinned for that reason.
 */
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';

/** `{ S: 'text' }`, `{ N: '1' }`, … as DynamoDB sends it. */
type AttributeValue = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, AttributeValue>>;

export type Callback<T> = (error: unknown, value?: T) => void;

/** A key range of the one LevelDB: the rows of a table, or of one of its indexes. */
export interface SubDb {
  get(key: string, callback: Callback<Item>): void;
  put(key: string, value: unknown, callback: Callback<void>): void;
  del(key: string, callback: Callback<void>): void;
  lock(key: string, run: (release: <F>(callback: F) => F) => void): void;
}

export type LevelWrite =
  | { readonly type: 'put'; readonly key: string; readonly value: unknown }
  | { readonly type: 'del'; readonly key: string };

interface Level {
  open(): Promise<void>;
  close(callback: Callback<void>): void;
  batch(writes: readonly LevelWrite[]): Promise<void>;
  iterator(range: { readonly gte: string; readonly lt: string }): AsyncIterable<[string, unknown]>;
}

export interface DynaliteStore {
  readonly db: Level;
  readonly tableDb: SubDb & { awsRegion: string; awsAccountId: string };
  readonly options: { readonly maxItemSize: number };
  getItemDb(tableName: string): SubDb;
  getIndexDb(indexType: string, tableName: string, indexName: string): SubDb;
  getTable(name: string, ...rest: unknown[]): void;
}

export interface StoreOptions {
  /** LevelDB's folder; in memory when absent. */
  readonly directory?: string;
  readonly region: string;
  readonly accountId: string;
}

const requireInside = createRequire(import.meta.resolve('dynalite'));

/** Loads a module of dynalite by its path in the package; the caller states its shape. */
export const loadDynalite = <T>(path: string): T => requireInside(`./${path}`) as T;

/** Opens the database; rejects when another process holds its folder. */
export async function openStore(options: StoreOptions): Promise<DynaliteStore> {
  if (options.directory !== undefined) mkdirSync(options.directory, { recursive: true });
  const { create } = loadDynalite<{ create(options: object): DynaliteStore }>('db/index.js');
  const store = create({
    ...(options.directory !== undefined && { path: options.directory }),
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
  });
  await store.db.open();
  store.tableDb.awsRegion = options.region;
  store.tableDb.awsAccountId = options.accountId;
  return store;
}

export const closeStore = (store: DynaliteStore): Promise<void> =>
  new Promise((resolve, reject) => {
    store.db.close((error) => (error ? reject(error) : resolve()));
  });

/** What dynalite keeps of a table: its description, in its own spelling. */
export const findTable = <T>(store: DynaliteStore, name: string): Promise<T | undefined> =>
  new Promise((resolve, reject) => {
    store.tableDb.get(name, (error, table) => {
      if (error instanceof Error && error.name !== 'NotFoundError') reject(error);
      else resolve(table as T | undefined);
    });
  });

/** Every row whose level key starts with `prefix`, the prefix taken off. */
export async function readPrefix(
  store: DynaliteStore,
  prefix: string,
): Promise<Map<string, unknown>> {
  const rows = new Map<string, unknown>();
  for await (const [key, value] of store.db.iterator({ gte: prefix, lt: `${prefix}\uffff` })) {
    rows.set(key.slice(prefix.length), value);
  }
  return rows;
}
