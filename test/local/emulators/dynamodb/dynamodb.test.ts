import * as D from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { countOf, row, TABLE, take, useTable } from './local-dynamodb.ts';

const local = useTable();

let id = '';
let serial = 0;
beforeEach(() => {
  serial += 1;
  id = `row-${serial}`;
});

const put = (item: Record<string, D.AttributeValue>) =>
  local().client.send(new D.PutItemCommand({ TableName: TABLE, Item: item }));
const update = (input: D.UpdateItemCommandInput) =>
  local().client.send(new D.UpdateItemCommand(input));

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
      Put: () => local().client.send(new D.PutItemCommand(putInput)),
      Delete: () => local().client.send(new D.DeleteItemCommand(keyInput)),
    };

    await expect(attempts[kind]?.()).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: row(id, 7),
    });
    expect(await countOf(local().client, id)).toBe(7);
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
    expect(await countOf(local().client, id)).toBe(0);
  });
});

describe('injected faults', () => {
  it('refuse a write that is throttled', async () => {
    local().faults.inject({ service: 'dynamodb', fault: { kind: 'throttle' } });

    await expect(put(row(id, 1))).rejects.toMatchObject({
      name: 'ProvisionedThroughputExceededException',
    });
    expect(await countOf(local().client, id)).toBeUndefined();
  });

  it('keep a write whose answer was lost', async () => {
    local().faults.inject({ service: 'dynamodb', fault: { kind: 'answer-lost' } });

    await expect(put(row(id, 4))).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await countOf(local().client, id)).toBe(4);
  });
});
