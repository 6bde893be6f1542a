/**
 * The budgets table in DynamoDB: one item per budget.
 *
 * A `replace` whose answer was lost is answered as refused by the SDK's own repeat; the caller finds
 * its permit in the state that is answered. Slots whose taking was answered and lost stay unused: the
 * repeat is refused, as if another had taken them, and the limit holds.
 */
import { type BudgetState, emptyBudgetState } from '../limiter/budget-state.ts';
import type { BudgetStore } from '../limiter/budget-store.ts';
import { fromBudgetItem, toInnerText } from './budget-item.ts';
import { layGrid, takePhases } from './budget-slots.ts';
import {
  createDynamoTable,
  type DynamoTableOptions,
  type Item,
  type ItemUpdate,
} from './dynamo-table.ts';

export function createDynamoBudgetStore(options: DynamoTableOptions): BudgetStore {
  const table = createDynamoTable(options);
  return {
    async find(budgetId) {
      const item = await table.find(budgetId);
      return item && fromBudgetItem(item);
    },
    async replace(budgetId, next, expectedVersion) {
      const write = await table.updateIf(budgetId, replacement(next, expectedVersion));
      if (write.written) return { stored: true };
      return { stored: false, current: stateOf(write.present) };
    },
    async takeSlots(budgetId, take) {
      const write = await table.updateIf(budgetId, takePhases(take));
      if (write.written) return { taken: true };
      return { taken: false, state: stateOf(write.present) };
    },
    async changeGrid(budgetId, change) {
      await table.updateIf(budgetId, layGrid(change));
    },
  };
}

const stateOf = (item: Item | undefined): BudgetState =>
  item ? fromBudgetItem(item) : emptyBudgetState;

/** Sets all but the grid. */
function replacement(next: BudgetState, expectedVersion: number): ItemUpdate {
  const paused = next.pausedSinceMs;
  const sets = ['#version = :version', '#state = :state', '#blocked = :blocked'];
  if (paused !== undefined) sets.push('#paused = :paused');
  return {
    text: `SET ${sets.join(', ')}${paused === undefined ? ' REMOVE #paused' : ''}`,
    condition: {
      text: expectedVersion === 0 ? 'attribute_not_exists(#version)' : '#version = :expected',
      names: {
        '#version': 'version',
        '#state': 'state',
        '#blocked': 'blockedUntilMs',
        '#paused': 'pausedSinceMs',
      },
      values: {
        ':version': { N: String(next.version) },
        ':state': { S: toInnerText(next) },
        ':blocked': { N: String(next.blockedUntilMs) },
        ...(paused !== undefined && { ':paused': { N: String(paused) } }),
        ...(expectedVersion !== 0 && { ':expected': { N: String(expectedVersion) } }),
      },
    },
  };
}
