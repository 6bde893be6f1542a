/**
 * Takes slots of a nominal budget in DynamoDB: one conditional update, whose conditions are the taken
 * phases alone, so that workers that take different ones never refuse each other.
 */
import type { GridChange, PhaseTake, SlotTake } from '../limiter/budget-store.ts';
import { phasesOf } from '../limiter/slot-grid.ts';
import { phaseAttribute } from './budget-item.ts';
import type { ItemUpdate } from './dynamo-table.ts';

const MAY_TAKE = [
  '(attribute_not_exists(#blocked) OR #blocked <= :now)',
  'attribute_not_exists(#paused)',
  '(attribute_not_exists(#spacing) OR #spacing = :spacing)',
];

const names = { '#blocked': 'blockedUntilMs', '#paused': 'pausedSinceMs', '#spacing': 'spacingMs' };

export function takePhases({ nowMs, spacingMs, phases }: SlotTake): ItemUpdate {
  const named = phases.map(({ phase }): [string, string] => [`#${phase}`, phaseAttribute(phase)]);
  const frames = new Set(
    phases.flatMap(({ fromFrame, throughFrame }) => [fromFrame, throughFrame]),
  );
  return {
    text: `SET ${['#spacing = :spacing', ...phases.map(setThrough)].join(', ')}`,
    condition: {
      text: [...MAY_TAKE, ...phases.map(isFree)].join(' AND '),
      names: { ...names, ...Object.fromEntries(named) },
      values: {
        ':now': { N: String(nowMs) },
        ':spacing': { N: String(spacingMs) },
        ...Object.fromEntries([...frames].map((frame) => [`:f${frame}`, { N: String(frame) }])),
      },
    },
  };
}

const setThrough = ({ phase, throughFrame }: PhaseTake): string => `#${phase} = :f${throughFrame}`;

const isFree = ({ phase, fromFrame }: PhaseTake): string =>
  `(attribute_not_exists(#${phase}) OR #${phase} < :f${fromFrame})`;

/** Phases and frames of another spacing mean other instants, so none of them is kept. */
export function layGrid({ fromSpacingMs, spacingMs, startsAtMs }: GridChange): ItemUpdate {
  const old = Array.from({ length: phasesOf(fromSpacingMs) }, (_, phase) => phaseAttribute(phase));
  return {
    text: `SET #spacing = :spacing, #starts = :starts REMOVE ${old.join(', ')}`,
    condition: {
      text: '#spacing = :from',
      names: { '#spacing': 'spacingMs', '#starts': 'startsAtMs' },
      values: {
        ':from': { N: String(fromSpacingMs) },
        ':spacing': { N: String(spacingMs) },
        ':starts': { N: String(startsAtMs) },
      },
    },
  };
}
