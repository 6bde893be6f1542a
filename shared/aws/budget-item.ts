/**
 * A budget's state as a DynamoDB item and back. What conditions compare are attributes of their own;
 * the rest is one JSON text, for only a whole `replace` ever changes it.
 */
import { type BudgetState, emptyBudgetState } from '../limiter/budget-state.ts';
import type { Item } from './dynamo-table.ts';

type Inner = Pick<
  BudgetState,
  'holds' | 'open' | 'appointments' | 'turn' | 'nextTurns' | 'learnedRequests' | 'throttledCount'
>;

export function toInnerText(state: BudgetState): string {
  const { version: _v, pointerAtMs: _p, blockedUntilMs: _b, pausedSinceMs: _s, ...inner } = state;
  return JSON.stringify(inner satisfies Inner);
}

/** An item that only the pointer has touched has no version and no inner state yet. */
export function fromBudgetItem(item: Item): BudgetState {
  const inner: Inner = JSON.parse(item['state']?.S ?? '{}');
  const pausedSinceMs = item['pausedSinceMs']?.N;
  return {
    ...emptyBudgetState,
    ...inner,
    version: numberOf(item, 'version'),
    pointerAtMs: numberOf(item, 'pointerAtMs'),
    blockedUntilMs: numberOf(item, 'blockedUntilMs'),
    ...(pausedSinceMs !== undefined && { pausedSinceMs: Number(pausedSinceMs) }),
  };
}

const numberOf = (item: Item, name: string): number => Number(item[name]?.N ?? 0);
