import * as D from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  countOf,
  createTable,
  INDEX,
  type LocalDynamodb,
  row,
  startDynamodb,
  TABLE,
  take,
} from './local-dynamodb.ts';

let local: LocalDynamodb;
let client: D.DynamoDBClient;
beforeAll(async () => {
  local = await startDynamodb({ clock: { nowMs: () => nowMs } });
  client = local.client;
  await createTable(client);
});
afterAll(() => local.stop());

let nowMs = 1_000_000_000_000;
let id = '';
let serial = 0;
beforeEach(() => {
  serial += 1;
  id = `row-${serial}`;
});

const put = (item: Record<string, D.AttributeValue>) =>
  client.send(new D.PutItemCommand({ TableName: TABLE, Item: item }));
const update = (input: D.Update) =>
  client.send(new D.UpdateItemCommand({ ...input, UpdateExpression: input.UpdateExpression }));
const transact = (TransactItems: D.TransactWriteItem[], ClientRequestToken?: string) =>
  client.send(
    new D.TransactWriteItemsCommand({
      TransactItems,
      ...(ClientRequestToken && { ClientRequestToken }),
    }),
  );

describe('conditional write', () => {
  it.each(['Update', 'Put', 'Delete'])('gives the row that failed a %s', async (kind) => {
    await put(row(id, 7));
    const input = {
      TableName: TABLE,
      Key: { id: { S: id } },
      Item: row(id, 1),
      ConditionExpression: '#c = :one',
      ExpressionAttributeNames: { '#c': 'count' },
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    };
    const { Key: _, ...putInput } = input;
    const { Item: __, ...keyInput } = input;
    const attempts: Record<string, () => Promise<unknown>> = {
      Update: () => update({ ...keyInput, UpdateExpression: 'SET done = :one' }),
      Put: () => client.send(new D.PutItemCommand(putInput)),
      Delete: () => client.send(new D.DeleteItemCommand(keyInput)),
    };

    await expect(attempts[kind]?.()).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: row(id, 7),
    });
    expect(await countOf(client, id)).toBe(7);
  });

  it('carries no row where none was asked for', async () => {
    await put(row(id, 0));

    const failure = await update(take(id, 1)).catch((error: unknown) => error);

    expect(failure).toMatchObject({ name: 'ConditionalCheckFailedException' });
    expect(failure).not.toHaveProperty('Item.id');
  });

  it('lets exactly as many of 50 concurrent takers through as there is to take', async () => {
    await put(row(id, 20));

    const results = await Promise.allSettled(Array.from({ length: 50 }, () => update(take(id, 1))));

    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    expect(await countOf(client, id)).toBe(0);
  });
});

describe('TransactWriteItems', () => {
  it('applies every item together, index entries included', async () => {
    await put(row(`${id}-old`, 1));
    await put(row(`${id}-checked`, 1));

    await transact([
      { Put: { TableName: TABLE, Item: { ...row(`${id}-new`, 1), status: { S: id } } } },
      { Update: take(`${id}-checked`, 1) },
      { Delete: { TableName: TABLE, Key: { id: { S: `${id}-old` } } } },
    ]);

    expect(await countOf(client, `${id}-old`)).toBeUndefined();
    expect(await countOf(client, `${id}-checked`)).toBe(0);
    const byStatus = await client.send(
      new D.QueryCommand({
        TableName: TABLE,
        IndexName: INDEX,
        KeyConditionExpression: '#s = :s',
        ExpressionAttributeNames: { '#s': 'status' },
        ExpressionAttributeValues: { ':s': { S: id } },
      }),
    );
    expect(byStatus.Items?.map((item) => item['id']?.S)).toEqual([`${id}-new`]);
  });

  it('applies nothing when one condition fails, and says which', async () => {
    await put(row(id, 0));

    const attempt = transact([
      { Put: { TableName: TABLE, Item: row(`${id}-new`, 1) } },
      { Update: { ...take(id, 1), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } },
    ]);

    await expect(attempt).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: row(id, 0) }],
    });
    expect(await countOf(client, `${id}-new`)).toBeUndefined();
  });

  it('only looks at the row of a ConditionCheck', async () => {
    await put(row(id, 3));

    await transact([
      {
        ConditionCheck: {
          TableName: TABLE,
          Key: { id: { S: id } },
          ConditionExpression: 'attribute_exists(id)',
        },
      },
    ]);

    expect(await countOf(client, id)).toBe(3);
  });

  it('refuses two operations on one row', async () => {
    const attempt = transact([
      { Put: { TableName: TABLE, Item: row(id, 1) } },
      { Delete: { TableName: TABLE, Key: { id: { S: id } } } },
    ]);

    await expect(attempt).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('runs once for one token, for ten minutes', async () => {
    await put(row(id, 10));
    const once = () => transact([{ Update: take(id, 1) }], `token-${id}`);

    await once();
    await once();
    expect(await countOf(client, id)).toBe(9);
    await expect(transact([{ Update: take(id, 2) }], `token-${id}`)).rejects.toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });

    nowMs += 600_000;
    await once();
    expect(await countOf(client, id)).toBe(8);
  });

  it('keeps the sum of two rows under concurrent transfers', async () => {
    await put(row(`${id}-a`, 100));
    await put(row(`${id}-b`, 100));
    const give = { ...take(`${id}-b`, -10), ConditionExpression: 'attribute_exists(id)' };

    const results = await Promise.allSettled(
      Array.from({ length: 30 }, () =>
        transact([{ Update: take(`${id}-a`, 10) }, { Update: give }]),
      ),
    );

    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(await countOf(client, `${id}-a`)).toBe(0);
    expect(await countOf(client, `${id}-b`)).toBe(200);
  });
});

describe('TransactGetItems', () => {
  it('gives the rows in the order asked for, absent ones empty', async () => {
    await put(row(id, 5));

    const { Responses } = await client.send(
      new D.TransactGetItemsCommand({
        TransactItems: [
          { Get: { TableName: TABLE, Key: { id: { S: 'absent' } } } },
          { Get: { TableName: TABLE, Key: { id: { S: id } } } },
        ],
      }),
    );

    expect(Responses).toEqual([{}, { Item: row(id, 5) }]);
  });
});

describe('injected faults', () => {
  it('conflict with the first item of a transaction', async () => {
    local.faults.inject({ service: 'dynamodb', fault: { kind: 'transaction-conflict' } });

    const attempt = transact([
      { Put: { TableName: TABLE, Item: row(id, 1) } },
      { Put: { TableName: TABLE, Item: row(`${id}-b`, 1) } },
    ]);

    await expect(attempt).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
    });
  });

  it.each([
    ['transaction-conflict', 'TransactionConflictException'],
    ['throttle', 'ProvisionedThroughputExceededException'],
  ] as const)('refuse a single write: %s', async (kind, name) => {
    local.faults.inject({ service: 'dynamodb', fault: { kind } });

    await expect(put(row(id, 1))).rejects.toMatchObject({ name });
    expect(await countOf(client, id)).toBeUndefined();
  });

  it('keep a write whose answer was lost', async () => {
    local.faults.inject({ service: 'dynamodb', fault: { kind: 'answer-lost' } });

    await expect(put(row(id, 4))).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await countOf(client, id)).toBe(4);
  });
});
