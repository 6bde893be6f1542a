import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoDbClient } from '../../../shared/aws/clients.ts';
import { createDynamoBudgetStore } from '../../../shared/aws/dynamo-budget-store.ts';
import { emptyBudgetState } from '../../../shared/limiter/budget-state.ts';
import { describeBudgetPointer } from '../../contracts/budget-pointer.ts';
import { describeBudgetStore } from '../../contracts/budget-store.ts';
import { openTable } from '../../support/dynamo-tables.ts';
import { type EmulatedAws, startEmulatedAws } from '../../support/emulated-aws.ts';
import { withoutRefusedItems } from './without-refused-items.ts';

let aws: EmulatedAws;
beforeAll(async () => {
  aws = await startEmulatedAws();
});
afterAll(() => aws.close());

const openStore = async (options = aws.clientOptions) =>
  createDynamoBudgetStore(await openTable(createDynamoDbClient(options), 'budgets'));

const openPlainStore = async () => {
  const client = withoutRefusedItems(createDynamoDbClient(aws.clientOptions));
  return createDynamoBudgetStore(await openTable(client, 'budgets'));
};

describeBudgetStore('DynamoDB budget store', openStore);
describeBudgetPointer('DynamoDB budget store', openStore);
describeBudgetStore('DynamoDB budget store without items in refusals', openPlainStore);
describeBudgetPointer('DynamoDB budget store without items in refusals', openPlainStore);

const request = { nowMs: 1_000_000, spacingMs: 10, horizonMs: 1_000 };

describe('DynamoDB budget store under faults', () => {
  it('throws store.unavailable with its cause where DynamoDB is throttled', async () => {
    const store = await openStore();
    aws.faults.inject({ service: 'dynamodb', fault: { kind: 'throttle' }, times: 3 });
    const failure = { code: 'store.unavailable', cause: expect.any(Error) };
    await expect(store.find('b')).rejects.toMatchObject(failure);
    await expect(store.replace('b', emptyBudgetState, 0)).rejects.toMatchObject(failure);
    await expect(store.reservePointer('b', request)).rejects.toMatchObject(failure);
  });

  it('answers the stored state to the repeat of a replace whose answer was lost', async () => {
    const store = await openStore(aws.repeatingClientOptions);
    const next = { ...emptyBudgetState, version: 1, throttledCount: 1 };
    aws.faults.inject({ service: 'dynamodb', fault: { kind: 'answer-lost' } });
    expect(await store.replace('b', next, 0)).toEqual({ stored: false, current: next });
  });

  it('leaves a slot unused, and gives none twice, where the answer to a move was lost', async () => {
    const store = await openStore(aws.repeatingClientOptions);
    await store.reservePointer('b', request);
    aws.faults.inject({ service: 'dynamodb', fault: { kind: 'answer-lost' } });
    expect(await store.reservePointer('b', request)).toEqual({ reserved: true, atMs: 1_000_020 });
  });
});

describe('DynamoDB budget store: cost', () => {
  it('spends one write on a reservation while others keep the pointer ahead', async () => {
    const store = await openStore();
    await store.reservePointer('b', request);
    const before = aws.calls.length;
    await store.reservePointer('b', request);
    expect(aws.calls.slice(before)).toEqual([
      { service: 'dynamodb', operation: 'UpdateItem', status: 200 },
    ]);
  });
});
