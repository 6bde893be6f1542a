/**
 * Finishes what a killed process left half done: dynalite keeps a table's status on disk and moves
 * it on by a timer that died with the process.
 */
import { setImmediate } from 'node:timers/promises';
import { type DynaliteStore, findTable, readPrefix } from './dynalite-store.ts';

interface TableRow {
  TableStatus: string;
  GlobalSecondaryIndexes?: { IndexStatus: string }[];
}

/** Makes every table usable again; answers the names of those whose deletion must be repeated. */
export async function repairTables(store: DynaliteStore): Promise<string[]> {
  const rows = (await readPrefix(store, 'table~')) as Map<string, TableRow>;
  const unfinished = [...rows].filter(([, row]) => row.TableStatus !== 'ACTIVE');
  const toDelete = unfinished
    .filter(([, row]) => row.TableStatus === 'DELETING')
    .map(([name]) => name);
  for (const [, row] of unfinished) {
    row.TableStatus = 'ACTIVE';
    for (const index of row.GlobalSecondaryIndexes ?? []) index.IndexStatus = 'ACTIVE';
  }
  if (unfinished.length > 0) {
    await store.db.batch(
      unfinished.map(([name, value]) => ({ type: 'put', key: `table~${name}`, value })),
    );
  }
  return toDelete;
}

/** dynalite answers a DeleteTable first and forgets the table a moment later, by a timer. */
export async function untilForgotten(store: DynaliteStore, tableName: string): Promise<void> {
  while ((await findTable(store, tableName)) !== undefined) await setImmediate();
}
