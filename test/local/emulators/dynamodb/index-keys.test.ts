import * as D from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  countOf,
  createTable,
  type LocalDynamodb,
  row,
  startDynamodb,
  TABLE,
} from './local-dynamodb.ts';

let local: LocalDynamodb;
let client: D.DynamoDBClient;
beforeAll(async () => {
  local = await startDynamodb();
  client = local.client;
  await createTable(client);
});
afterAll(() => local.stop());

const put = (Item: Record<string, D.AttributeValue>) =>
  client.send(new D.PutItemCommand({ TableName: TABLE, Item }));
const blank = (UpdateExpression: string) =>
  client.send(
    new D.UpdateItemCommand({
      TableName: TABLE,
      Key: { id: { S: 'kept' } },
      UpdateExpression,
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':empty': { S: '' } },
    }),
  );
const refused = {
  name: 'ValidationException',
  message: expect.stringContaining('IndexKey: status'),
};

describe('an empty text', () => {
  it('is refused as the key of an index, and changes nothing', async () => {
    await put(row('kept', 7));
    await expect(put({ ...row('fresh', 1), status: { S: '' } })).rejects.toMatchObject(refused);
    await expect(blank('SET #status = :empty')).rejects.toMatchObject(refused);
    expect(await countOf(client, 'fresh')).toBeUndefined();
    expect(await countOf(client, 'kept')).toBe(7);
  });

  it('is a value like any other beside the keys', async () => {
    await put({ ...row('noted', 3), note: { S: '' } });
    expect(await countOf(client, 'noted')).toBe(3);
  });
});
