/** What happened, in order, for a person to read. Costs nothing unless somebody wants to read it. */
export interface Trace {
  readonly lines: readonly string[];
  add(who: string, what: () => string): void;
}

export const noTrace: Trace = { lines: [], add: () => {} };

export function createTrace(elapsedMs: () => number): Trace {
  const lines: string[] = [];
  return {
    lines,
    add(who, what) {
      lines.push(`${(elapsedMs() / 1_000).toFixed(3).padStart(9)} s  ${who.padEnd(12)} ${what()}`);
    },
  };
}
