/** Shows that a long run is alive: one line that changes on a terminal, a line now and then in a log. */
import { seconds } from '../../shared/kernel/duration.ts';

export interface ProgressOptions {
  /** How many seeds there are. */
  readonly count: number;
  readonly isTerminal: boolean;
  readonly nowMs: () => number;
  readonly write: (text: string) => void;
}

export interface Progress {
  /** `seeds`: how many were played by now. */
  tell(seeds: number, broken: number): void;
}

const SHARE = 0.05;
const SILENT_MS_MAX = seconds(30);

export function createProgress({ count, isTerminal, nowMs, write }: ProgressOptions): Progress {
  let told = { seeds: 0, atMs: nowMs() };
  return {
    tell(seeds, broken) {
      const text = `${seeds} of ${count} seeds${broken > 0 ? `, ${broken} broken` : ''}`;
      if (isTerminal) return write(`\r${text}`);
      const isDue = seeds - told.seeds >= count * SHARE || nowMs() - told.atMs >= SILENT_MS_MAX;
      if (!isDue) return;
      told = { seeds, atMs: nowMs() };
      write(`${text}\n`);
    },
  };
}
