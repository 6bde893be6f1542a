import type { DecisionFigures } from './decisions.ts';
import type { SustainedFigures } from './sustained.ts';

export interface LimiterFigures {
  readonly decisions: readonly DecisionFigures[];
  readonly sustained: SustainedFigures;
}

interface Target {
  readonly text: string;
  readonly holds: (figures: LimiterFigures) => boolean;
}

const of = ({ decisions }: LimiterFigures, budget: string): readonly DecisionFigures[] =>
  decisions.filter((it) => it.budget.startsWith(budget));

const targets: readonly Target[] = [
  {
    text: 'at most 3 writes a permitted call of a strict limit where one head waits, 3.5 where many do',
    holds: (it) =>
      of(it, 'strict, 5').every(
        ({ writesAGrant, workers }) => writesAGrant <= (workers > 1 ? 3.5 : 3),
      ),
  },
  {
    text: 'at least 90 calls a second sustained',
    holds: ({ sustained }) => sustained.rate >= 90,
  },
  {
    text: 'no window of a second fuller than the vendor allows, and no 429',
    holds: ({ sustained }) =>
      sustained.fullestWindow <= sustained.windowLimit && sustained.throttled === 0,
  },
  {
    text: 'at most 0.3 writes a call under sustained load',
    holds: ({ sustained }) => sustained.writesACall <= 0.3,
  },
];

export const missedTargets = (figures: LimiterFigures): readonly string[] =>
  targets.filter(({ holds }) => !holds(figures)).map(({ text }) => text);

const headings = ['decisions/s', 'grants/s', 'denials/grant', 'writes/grant', 'refused/grant'];

export function describeFigures(figures: LimiterFigures, missed: readonly string[]): string {
  const { sustained } = figures;
  const rows = figures.decisions.map((it) =>
    [
      `  ${it.budget.padEnd(20)}${String(it.workers).padStart(8)}`,
      ...[it.decisionsASecond, it.grantsASecond, it.denialsAGrant, it.writesAGrant],
      it.refusedWritesAGrant,
    ]
      .map((cell) => (typeof cell === 'number' ? cell.toFixed(2).padStart(15) : cell))
      .join(''),
  );
  return [
    `  ${'budget'.padEnd(20)} workers${headings.map((it) => it.padStart(15)).join('')}`,
    ...rows,
    '',
    `  sustained            ${sustained.rate} calls a second, ${sustained.workers} workers, ${sustained.seconds} s`,
    `  fullest second       ${sustained.fullestWindow} of ${sustained.windowLimit}`,
    `  429s                 ${sustained.throttled}`,
    `  writes a call        ${sustained.writesACall}`,
    `  denials a call       ${sustained.denialsACall}`,
    `  missed slots a call  ${sustained.missedSlotsACall}`,
    '',
    ...targets.map(({ text }) => `${missed.includes(text) ? 'MISSED ' : 'ok     '} ${text}`),
  ].join('\n');
}
