/**
 * What a test told the simulator to expect. With no expectation every known operation is expected;
 * with any, only those are, each as often as it says.
 */
import { parsePathPattern } from './path-pattern.ts';

export interface Expectation {
  readonly method: string;
  /** Below the base path, such as `/servers/:id`. */
  readonly path: string;
  /** Any number of times when absent. */
  readonly times?: number;
}

export class UnexpectedRequests extends Error {
  override readonly name = 'UnexpectedRequests';
  readonly requests: readonly string[];

  constructor(requests: readonly string[]) {
    super(`the simulator was sent ${requests.length} unexpected requests: ${requests.join(', ')}`);
    this.requests = requests;
  }
}

export interface Expectations {
  expect(expectation: Expectation): void;
  /** Whether the request was expected; counts it, and remembers it when it was not. */
  meet(method: string, path: string, known: boolean): boolean;
  unexpected(): readonly string[];
  /** Expectations with a number of times that were not met that often. */
  unmet(): Expectation[];
  reset(): void;
}

export function createExpectations(): Expectations {
  let wanted: { readonly expectation: Expectation; met: number }[] = [];
  let surprises: string[] = [];
  const matching = (method: string, path: string) =>
    wanted.find(
      ({ expectation, met }) =>
        expectation.method.toUpperCase() === method &&
        met < (expectation.times ?? Number.POSITIVE_INFINITY) &&
        parsePathPattern(expectation.path).match(path) !== undefined,
    );
  return {
    expect(expectation) {
      wanted.push({ expectation, met: 0 });
    },
    meet(method, path, known) {
      const row = matching(method, path);
      if (row !== undefined) row.met++;
      const met = known && (wanted.length === 0 || row !== undefined);
      if (!met) surprises.push(`${method} ${path}`);
      return met;
    },
    unexpected: () => surprises,
    unmet: () =>
      wanted
        .filter(({ expectation, met }) => met < (expectation.times ?? 0))
        .map(({ expectation }) => expectation),
    reset: () => {
      wanted = [];
      surprises = [];
    },
  };
}
