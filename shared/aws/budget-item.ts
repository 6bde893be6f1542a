/**
 * A budget's state as a DynamoDB item and back. What conditions compare are attributes of their own,
 * each phase of the grid included; the rest is one JSON text, for only a whole `replace` ever changes
 * it.
 */
import { type BudgetState, emptyBudgetState } from '../limiter/budget-state.ts';
import { phasesOf, type SlotGrid } from '../limiter/slot-grid.ts';
import type { Item } from './dynamo-table.ts';

type Inner = Pick<
  BudgetState,
  'holds' | 'open' | 'appointments' | 'turn' | 'nextTurns' | 'learnedRequests' | 'throttledCount'
>;

/** Those of version 0.1 knew the order of asking by their turn alone. */
const withAsked = (appointments: Inner['appointments'] = {}): Inner['appointments'] =>
  Object.fromEntries(
    Object.entries(appointments).map(([group, it]) => [
      group,
      { ...it, asked: it.asked ?? it.turn },
    ]),
  );

export function toInnerText(state: BudgetState): string {
  const { version: _v, grid: _g, blockedUntilMs: _b, pausedSinceMs: _s, ...inner } = state;
  return JSON.stringify(inner satisfies Inner);
}

/** Short, for there are up to a hundred of them in an item that should stay within 1 KB. */
export const phaseAttribute = (phase: number): string => `p${phase.toString(36)}`;

/** An item of which only slots were taken has no version and no inner state yet. */
export function fromBudgetItem(item: Item): BudgetState {
  const inner: Inner = JSON.parse(item['state']?.S ?? '{}');
  const pausedSinceMs = item['pausedSinceMs']?.N;
  return {
    ...emptyBudgetState,
    ...inner,
    appointments: withAsked(inner.appointments),
    version: numberOf(item, 'version'),
    blockedUntilMs: numberOf(item, 'blockedUntilMs'),
    ...(pausedSinceMs !== undefined && { pausedSinceMs: Number(pausedSinceMs) }),
    ...findGrid(item),
  };
}

function findGrid(item: Item): { readonly grid?: SlotGrid } {
  const spacingMs = numberOf(item, 'spacingMs');
  if (spacingMs === 0) return {};
  const taken = Array.from({ length: phasesOf(spacingMs) }, (_, phase) => phase).flatMap(
    (phase): [number, number][] => {
      const through = item[phaseAttribute(phase)]?.N;
      return through === undefined ? [] : [[phase, Number(through)]];
    },
  );
  const startsAtMs = numberOf(item, 'startsAtMs');
  return { grid: { spacingMs, startsAtMs, takenThrough: Object.fromEntries(taken) } };
}

const numberOf = (item: Item, name: string): number => Number(item[name]?.N ?? 0);
