/**
 * Moves a budget's pointer in DynamoDB without compare-and-set.
 *
 * A pointer at or after now is moved by adding (any number of workers, one write each, each given
 * the slot it passed); one that lies in the past, or is not there, is first brought to now. Which of
 * the two applies is known by the item that refused the other.
 */
import { SluiceError } from '../errors/sluice-error.ts';
import { type BudgetState, emptyBudgetState } from '../limiter/budget-state.ts';
import type { PointerReservation, PointerReserved } from '../limiter/budget-store.ts';
import { fromBudgetItem } from './budget-item.ts';
import type { DynamoTable, ItemUpdate, ItemWrite } from './dynamo-table.ts';

/** Each refusal means that another worker moved the pointer between two writes of this one. */
const TURNS_MAX = 8;

const OPEN =
  '(attribute_not_exists(#blocked) OR #blocked <= :now) AND attribute_not_exists(#paused)';
const names = {
  '#pointer': 'pointerAtMs',
  '#blocked': 'blockedUntilMs',
  '#paused': 'pausedSinceMs',
};

/** Where this process last saw each pointer: the write that will most likely apply is tried first. */
export type SeenPointers = Map<string, number>;

export async function reservePointer(
  table: DynamoTable,
  seen: SeenPointers,
  budgetId: string,
  request: PointerReservation,
): Promise<PointerReserved> {
  const behind = (pointerAtMs: number): boolean => pointerAtMs < request.nowMs;
  let update = behind(seen.get(budgetId) ?? 0) ? bringToNow(request) : advance(request);
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const write = await table.updateIf(budgetId, update);
    if (write.written) {
      const atMs = slotPassed(write, request.nowMs);
      seen.set(budgetId, atMs + request.spacingMs);
      return { reserved: true, atMs };
    }
    const state = write.present ? fromBudgetItem(write.present) : emptyBudgetState;
    if (!mayReserve(state, request)) return { reserved: false, state };
    update = behind(state.pointerAtMs) ? bringToNow(request) : advance(request);
  }
  throw new SluiceError('store.unavailable', `the pointer of ${budgetId} is moved by too many`);
}

/** The pointer itself stays within the horizon, and so does every slot. */
const latestSlotMs = ({ nowMs, horizonMs, spacingMs }: PointerReservation): number =>
  nowMs + horizonMs - spacingMs;

const mayReserve = (state: BudgetState, request: PointerReservation): boolean =>
  state.pausedSinceMs === undefined &&
  state.blockedUntilMs <= request.nowMs &&
  (state.pointerAtMs < request.nowMs || state.pointerAtMs <= latestSlotMs(request));

const advance = (request: PointerReservation): ItemUpdate => ({
  text: 'SET #pointer = #pointer + :spacing',
  condition: {
    text: `${OPEN} AND #pointer >= :now AND #pointer <= :latest`,
    names,
    values: {
      ':now': { N: String(request.nowMs) },
      ':spacing': { N: String(request.spacingMs) },
      ':latest': { N: String(latestSlotMs(request)) },
    },
  },
  wantsOld: true,
});

const bringToNow = (request: PointerReservation): ItemUpdate => ({
  text: 'SET #pointer = :next',
  condition: {
    text: `${OPEN} AND (attribute_not_exists(#pointer) OR #pointer < :now)`,
    names,
    values: {
      ':now': { N: String(request.nowMs) },
      ':next': { N: String(request.nowMs + request.spacingMs) },
    },
  },
});

/** What an advance passed is the former pointer; a pointer brought to now passed now. */
function slotPassed(write: ItemWrite & { written: true }, nowMs: number): number {
  const former = write.old?.['pointerAtMs']?.N;
  return former === undefined ? nowMs : Number(former);
}
