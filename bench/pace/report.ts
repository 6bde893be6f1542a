import type { Figures } from './measure.ts';

interface Target {
  readonly text: string;
  readonly holds: (figures: Figures) => boolean;
}

/** It comes once a window is full. */
const urgentIsNext = ({ jobs, urgentPlace, windowLimit }: Figures): boolean =>
  urgentPlace === Math.min(jobs, windowLimit + 1);

/** The call after the fifth of a window is in the next; how late the last of each may be. */
const targets: readonly Target[] = [
  {
    text: 'calls 6 to 10 within 61.2 s of the first',
    holds: ({ offsets }) => offsets.slice(5, 10).every((offset) => offset <= 61.2),
  },
  {
    text: 'calls 11 to 15 within 122.4 s of the first',
    holds: ({ offsets }) => offsets.slice(10, 15).every((offset) => offset <= 122.4),
  },
  {
    text: 'no window fuller than the vendor allows',
    holds: ({ fullestWindow, windowLimit }) => fullestWindow <= windowLimit && windowLimit > 0,
  },
  { text: 'no 429', holds: ({ throttled }) => throttled === 0 },
  { text: 'one call for each job', holds: ({ calls, jobs }) => calls === jobs },
  { text: 'mean receives of a message at most 2.2', holds: (it) => it.receivesMean <= 2.2 },
  { text: 'the urgent job takes the next free permit', holds: urgentIsNext },
  { text: 'at most 6 writes a call', holds: (it) => it.writesPerCallInAll <= 6 },
];

export const missedTargets = (figures: Figures): readonly string[] =>
  targets.filter(({ holds }) => !holds(figures)).map(({ text }) => text);

export function describeFigures(figures: Figures, missed: readonly string[]): string {
  const { offsets, writesPerCall } = figures;
  const calls = offsets.map((offset, index) => {
    const urgent = index + 1 === figures.urgentPlace ? '  urgent' : '';
    return `  call ${String(index + 1).padStart(2)}  ${offset.toFixed(3).padStart(8)} s${urgent}`;
  });
  const writes = Object.entries(writesPerCall).map(([table, count]) => `${table} ${count}`);
  return [
    ...calls,
    '',
    `  fullest window       ${figures.fullestWindow} of ${figures.windowLimit}`,
    `  a place's cycle      ${figures.cycle.min.toFixed(3)} to ${figures.cycle.max.toFixed(3)} s`,
    `  429s                 ${figures.throttled}`,
    `  receives a message   mean ${figures.receivesMean}, most ${figures.receivesMax}`,
    `  DynamoDB writes      ${figures.writesPerCallInAll} a call (${writes.join(', ')})`,
    '',
    ...targets.map(({ text }) => `${missed.includes(text) ? 'MISSED ' : 'ok     '} ${text}`),
  ].join('\n');
}
