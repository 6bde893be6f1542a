import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoDbClient } from '../../../shared/aws/clients.ts';
import { createDynamoBudgetStore } from '../../../shared/aws/dynamo-budget-store.ts';
import { createDynamoTable } from '../../../shared/aws/dynamo-table.ts';
import { sum } from '../../../shared/kernel/sum.ts';
import { emptyBudgetState } from '../../../shared/limiter/budget-state.ts';
import { describeBudgetSlots } from '../../contracts/budget-slots.ts';
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
describeBudgetSlots('DynamoDB budget store', openStore);
describeBudgetStore('DynamoDB budget store without items in refusals', openPlainStore);
describeBudgetSlots('DynamoDB budget store without items in refusals', openPlainStore);

const FRAME = 1_772_330_401;
const take = {
  nowMs: FRAME * 1_000,
  spacingMs: 1_000 / 93,
  phases: [{ phase: 0, fromFrame: FRAME, throughFrame: FRAME + 5 }],
};

describe('DynamoDB budget store under faults', () => {
  it('throws store.unavailable with its cause where DynamoDB is throttled', async () => {
    const store = await openStore();
    aws.faults.inject({ service: 'dynamodb', fault: { kind: 'throttle' }, times: 4 });
    const failure = { code: 'store.unavailable', cause: expect.any(Error) };
    await expect(store.find('b')).rejects.toMatchObject(failure);
    await expect(store.replace('b', emptyBudgetState, 0)).rejects.toMatchObject(failure);
    await expect(store.takeSlots('b', take)).rejects.toMatchObject(failure);
    const change = { fromSpacingMs: 10, spacingMs: 20, startsAtMs: 0 };
    await expect(store.changeGrid('b', change)).rejects.toMatchObject(failure);
  });

  it('answers the stored state to the repeat of a replace whose answer was lost', async () => {
    const store = await openStore(aws.repeatingClientOptions);
    const next = { ...emptyBudgetState, version: 1, throttledCount: 1 };
    aws.faults.inject({ service: 'dynamodb', fault: { kind: 'answer-lost' } });
    expect(await store.replace('b', next, 0)).toEqual({ stored: false, current: next });
  });

  it('leaves slots unused, and gives none twice, where the answer to their taking was lost', async () => {
    const store = await openStore(aws.repeatingClientOptions);
    aws.faults.inject({ service: 'dynamodb', fault: { kind: 'answer-lost' } });
    const takenThrough = { 0: FRAME + 5 };
    expect(await store.takeSlots('b', take)).toMatchObject({
      taken: false,
      state: { grid: { takenThrough } },
    });
  });
});

/** How DynamoDB counts: names in UTF-8; a number as a byte for each two digits, and one more. */
const attributeBytes = ([name, { S: text, N: number }]: [string, AttributeValue]): number =>
  name.length + (text?.length ?? Math.ceil((number?.length ?? 0) / 2) + 1);

describe('DynamoDB budget store: cost', () => {
  it('spends one write on a taking, and none is refused where others took other slots', async () => {
    const store = await openStore();
    await store.takeSlots('b', take);
    const before = aws.calls.length;
    const other = { phase: 1, fromFrame: FRAME, throughFrame: FRAME };
    await store.takeSlots('b', { ...take, phases: [other] });
    expect(aws.calls.slice(before)).toEqual([
      { service: 'dynamodb', operation: 'UpdateItem', status: 200 },
    ]);
  });

  it('keeps an item of which every phase is taken within 1 KB: one write unit', async () => {
    const table = await openTable(createDynamoDbClient(aws.clientOptions), 'budgets');
    const store = createDynamoBudgetStore(table);
    const id = 'automox/an-account-of-usual-length/account';
    await store.replace(id, { ...emptyBudgetState, version: 1, blockedUntilMs: take.nowMs }, 0);
    for (let first = 0; first < 93; first += 31) {
      const phases = Array.from({ length: 31 }, (_, n) => ({
        phase: first + n,
        fromFrame: FRAME,
        throughFrame: FRAME,
      }));
      expect(await store.takeSlots(id, { ...take, phases })).toEqual({ taken: true });
    }
    const item = (await createDynamoTable(table).find(id)) ?? {};
    expect(Object.keys(item).length).toBeGreaterThan(93);
    expect(sum(Object.entries(item).map(attributeBytes))).toBeLessThanOrEqual(1_024);
  });
});
