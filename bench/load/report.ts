import { table } from '../../local/demo/table.ts';
import type { BacklogPoint } from './backlog.ts';
import type { BurstFigures } from './burst.ts';
import type { HookFigures } from './hooks.ts';

export interface Figures {
  readonly burst: BurstFigures;
  readonly wanted: number;
  readonly series: readonly BacklogPoint[];
  readonly hooks: HookFigures;
  /** Jobs of the backlog that ended while the webhooks were sent. */
  readonly drained: number;
}

interface Target {
  readonly text: string;
  readonly holds: (figures: Figures) => boolean;
}

const p95Of = (it: BacklogPoint): number => Math.max(it.submitP95Ms, it.listP95Ms);

/** Flat: from the first tenth to the last no more than so much; one slow probe is no trend. */
const isFlat = (first = 0, last = 0, factor: number, spare: number): boolean =>
  last <= first * factor + spare;

const targets: readonly Target[] = [
  {
    text: 'a burst is refused with 429 or 503 and Retry-After, beyond what is taken',
    holds: ({ burst }) => burst.refused > 0 && burst.unfit === 0,
  },
  {
    text: 'no accepted job of the burst is lost',
    holds: ({ burst }) => burst.accepted > 0 && burst.lost === 0,
  },
  {
    text: 'all jobs are queued',
    holds: ({ series, wanted }) => (series.at(-1)?.queued ?? 0) >= wanted,
  },
  {
    text: 'submitting and listing at the last tenth take at most twice the first (p95) and 50 ms',
    holds: ({ series: [first, ...rest] }) => {
      const last = rest.at(-1);
      return first !== undefined && last !== undefined && isFlat(p95Of(first), p95Of(last), 2, 50);
    },
  },
  {
    text: 'a function holds at most a quarter more memory at the last tenth, and 16 MB',
    holds: ({ series }) => isFlat(series[0]?.functionMb, series.at(-1)?.functionMb, 1.25, 16),
  },
  {
    text: 'each webhook is accepted while the backlog drains',
    holds: ({ hooks, drained }) => hooks.accepted === hooks.sent && drained > 0,
  },
  { text: 'webhook p99 under 250 ms meanwhile', holds: ({ hooks }) => hooks.p99Ms < 250 },
];

export const missedTargets = (figures: Figures): readonly string[] =>
  targets.filter(({ holds }) => !holds(figures)).map(({ text }) => text);

export function describeFigures(figures: Figures, missed: readonly string[]): string {
  const { burst, series, hooks, drained } = figures;
  const rows = series.map((it) => [
    String(it.queued),
    `${it.submitP95Ms} ms`,
    `${it.listP95Ms} ms`,
    `${it.functionMb} MB`,
    `${it.stackMb} MB`,
  ]);
  return [
    `burst     ${burst.posted} posted: ${burst.accepted} accepted, ${burst.refused} refused, ` +
      `${burst.unfit} answered otherwise, ${burst.lost} lost`,
    '',
    table(['queued', 'submit p95', 'list p95', 'function', 'the stack itself'], rows),
    '',
    `webhooks  ${hooks.accepted} of ${hooks.sent} accepted, p50 ${hooks.p50Ms} ms, ` +
      `p99 ${hooks.p99Ms} ms, while ${drained} jobs ended`,
    '',
    ...targets.map(({ text }) => `${missed.includes(text) ? 'MISSED ' : 'ok     '} ${text}`),
  ].join('\n');
}
