import * as D from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { row, TABLE, useTable } from './local-dynamodb.ts';

const NOW_MS = Date.parse('2026-06-01T00:00:00Z');
const nowSeconds = NOW_MS / 1000;

const local = useTable();

const enable = () =>
  local().client.send(
    new D.UpdateTimeToLiveCommand({
      TableName: TABLE,
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    }),
  );

describe('time to live', () => {
  it('is off, then on, and not put on twice', async () => {
    const describeIt = async () =>
      (await local().client.send(new D.DescribeTimeToLiveCommand({ TableName: TABLE })))
        .TimeToLiveDescription;

    expect(await describeIt()).toEqual({ TimeToLiveStatus: 'DISABLED' });
    await enable();
    expect(await describeIt()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
    await expect(enable()).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('sweeps the rows whose second has come, and no others', async () => {
    const expiries: Record<string, D.AttributeValue | undefined> = {
      now: { N: String(nowSeconds) },
      later: { N: String(nowSeconds + 1) },
      'in-another-age': { N: '1000000' },
      'as-text': { S: String(nowSeconds - 5) },
      never: undefined,
    };
    for (const [id, expires] of Object.entries(expiries)) {
      const Item = { ...row(id, 1), ...(expires && { expires }) };
      await local().client.send(new D.PutItemCommand({ TableName: TABLE, Item }));
    }

    const deleted = await local().service.sweepExpired(NOW_MS);

    const left = await local().client.send(new D.ScanCommand({ TableName: TABLE }));
    expect(deleted).toBe(1);
    expect(left.Items?.map((item) => item['id']?.S).sort()).toEqual(
      ['as-text', 'in-another-age', 'later', 'never'].sort(),
    );
  });
});
