import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as D from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  closeStore,
  openStore,
  readPrefix,
} from '../../../../local/emulators/dynamodb/dynalite-store.ts';
import { createDynamodb } from '../../../../local/emulators/dynamodb/dynamodb.ts';
import { clientOptions } from '../endpoint/client-options.ts';
import { createTable, INDEX, row, startDynamodb, TABLE } from './local-dynamodb.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sluice-dynamodb-'));
});
afterEach(() => rm(directory, { recursive: true }));

const WRITES_BEFORE_KILL = 60;

/** Puts rows from four callers until the process dies; answers how many were acknowledged. */
async function writeUntilKilled(client: D.DynamoDBClient, kill: () => void): Promise<number> {
  let started = 0;
  let acknowledged = 0;
  const caller = async (): Promise<void> => {
    for (;;) {
      const Item = row(`row-${started++}`, 1);
      try {
        await client.send(new D.PutItemCommand({ TableName: TABLE, Item }));
      } catch {
        return;
      }
      acknowledged += 1;
      if (acknowledged === WRITES_BEFORE_KILL) kill();
    }
  };
  await Promise.all([caller(), caller(), caller(), caller()]);
  return acknowledged;
}

/** The table's row as a process killed in the middle would have left it. */
async function leaveTable(TableStatus: string): Promise<void> {
  const store = await openStore({ directory, region: 'us-east-1', accountId: '0' });
  const rows = await readPrefix(store, 'table~');
  const value = { ...(rows.get(TABLE) as object), TableStatus };
  await store.db.batch([{ type: 'put', key: `table~${TABLE}`, value }]);
  await closeStore(store);
}

describe('a data directory', () => {
  it('keeps acknowledged rows and their index entries through kill -9', async () => {
    const child = fork(new URL('./killed-process.ts', import.meta.url), [directory]);
    const [url] = await once(child, 'message');
    const client = new D.DynamoDBClient(clientOptions(String(url)));
    await createTable(client);
    const exited = once(child, 'exit');
    const acknowledged = await writeUntilKilled(client, () => child.kill('SIGKILL'));
    await exited;

    const after = await startDynamodb({ directory });
    const inTable = await after.client.send(new D.ScanCommand({ TableName: TABLE }));
    const inIndex = await after.client.send(
      new D.ScanCommand({ TableName: TABLE, IndexName: INDEX }),
    );
    await after.stop();

    expect(acknowledged).toBeGreaterThanOrEqual(WRITES_BEFORE_KILL);
    expect(inTable.Count).toBeGreaterThanOrEqual(acknowledged);
    expect(inIndex.Count).toBe(inTable.Count);
  });

  it('belongs to one process at a time', async () => {
    const first = await startDynamodb({ directory });

    await expect(startDynamodb({ directory })).rejects.toThrow();
    await first.stop();
  });

  it.each([
    ['CREATING', 'ACTIVE'],
    ['DELETING', 'ResourceNotFoundException'],
  ])('finishes a table left %s', async (left, expected) => {
    const before = await startDynamodb({ directory });
    await createTable(before.client);
    await before.stop();
    await leaveTable(left);

    const after = await startDynamodb({ directory });
    const status = await after.client.send(new D.DescribeTableCommand({ TableName: TABLE })).then(
      ({ Table }) => Table?.TableStatus,
      (error: Error) => error.name,
    );
    await after.stop();

    expect(status).toBe(expected);
  });

  it('has forgotten a table left DELETING by the time it is open', async () => {
    const before = await startDynamodb({ directory });
    await createTable(before.client);
    await before.stop();
    await leaveTable('DELETING');

    await (await createDynamodb({ directory })).close();

    const store = await openStore({ directory, region: 'us-east-1', accountId: '000000000000' });
    const tables = await readPrefix(store, 'table~');
    await closeStore(store);
    expect([...tables.keys()]).toEqual([]);
  });

  it('keeps time to live settings', async () => {
    const first = await startDynamodb({ directory });
    await createTable(first.client);
    await first.client.send(
      new D.UpdateTimeToLiveCommand({
        TableName: TABLE,
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
      }),
    );
    await first.stop();

    const second = await startDynamodb({ directory });
    const described = await second.client.send(
      new D.DescribeTimeToLiveCommand({ TableName: TABLE }),
    );
    await second.stop();

    expect(described.TimeToLiveDescription?.AttributeName).toBe('expires');
  });
});
