import * as D from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { countOf, row, TABLE, useTable } from './local-dynamodb.ts';

const local = useTable();

const put = (Item: Record<string, D.AttributeValue>) =>
  local().client.send(new D.PutItemCommand({ TableName: TABLE, Item }));
const blank = (UpdateExpression: string) =>
  local().client.send(
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
    expect(await countOf(local().client, 'fresh')).toBeUndefined();
    expect(await countOf(local().client, 'kept')).toBe(7);
  });

  it('is a value like any other beside the keys', async () => {
    await put({ ...row('noted', 3), note: { S: '' } });
    expect(await countOf(local().client, 'noted')).toBe(3);
  });
});
