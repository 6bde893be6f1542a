/**
 * Bounds what a mapping expression may cost: steps, time, depth, sequence length, text length, and
 * time inside regular expressions, which run where no step is counted.
 *
 * JSONata calls the two hooks below around every step; it documents them for this purpose.
 */
import { createContext, Script } from 'node:vm';
import type { Environment } from 'jsonata';
import { SluiceError } from '../errors/sluice-error.ts';
import type { Clock } from '../kernel/clock.ts';
import { seconds } from '../kernel/duration.ts';

export interface MappingLimits {
  readonly steps: number;
  readonly timeMs: number;
  /** All matches of one regular expression in one step together. */
  readonly regexTimeMs: number;
  readonly depth: number;
  readonly sequenceItems: number;
  readonly textChars: number;
}

/** Far above any mapping of a 256 KB payload that makes sense; reached within a second. */
export const mappingLimits: MappingLimits = {
  steps: 50_000,
  timeMs: seconds(1),
  regexTimeMs: 200,
  depth: 200,
  sequenceItems: 10_000,
  textChars: 1_000_000,
};

export const ENTRY_HOOK = Symbol.for('jsonata.__evaluate_entry');
export const EXIT_HOOK = Symbol.for('jsonata.__evaluate_exit');

/** Where an evaluation's own budget is bound; no expression can spell a name with a space. */
export const BUDGET = 'sluice budget';

export interface MappingBudget {
  /** Throws once a limit is passed. */
  spendStep(): void;
}

export function createMappingBudget(limits: MappingLimits, clock: Clock): MappingBudget {
  const endsAtMs = clock.monotonicMs() + limits.timeMs;
  let steps = 0;
  return {
    spendStep: () => {
      steps += 1;
      if (steps > limits.steps) throw overLimit(`more than ${limits.steps} steps`);
      if (clock.monotonicMs() > endsAtMs) throw overLimit(`more than ${limits.timeMs} ms`);
    },
  };
}

export function enterStep(_node: unknown, _input: unknown, environment: Environment): void {
  (environment.lookup(BUDGET) as MappingBudget).spendStep();
}

/** Doubling a text in a loop takes few steps: its length is watched as well. */
export const leaveStep =
  (limits: MappingLimits) =>
  (_node: unknown, _input: unknown, _environment: Environment, result: unknown): void => {
    if (typeof result === 'string' && result.length > limits.textChars) {
      throw overLimit(`a text of more than ${limits.textChars} characters`);
    }
  };

/** A RegExp whose matches are cut off in time: only a watchdog can stop one that backtracks. */
export function createRegexEngine(limits: MappingLimits): RegExpConstructor {
  class TimedRegExp extends RegExp {
    #leftMs = limits.regexTimeMs;

    override exec(text: string): RegExpExecArray | null {
      const startMs = performance.now();
      const match = runTimed(() => super.exec(text), Math.max(1, Math.floor(this.#leftMs)));
      this.#leftMs -= performance.now() - startMs;
      if (this.#leftMs < 0) throw overRegexTime(limits.regexTimeMs);
      return match;
    }
  }
  return TimedRegExp as unknown as RegExpConstructor;
}

const sandbox = createContext({});
const call = new Script('run()');

function runTimed<T>(run: () => T, timeoutMs: number): T {
  sandbox['run'] = run;
  try {
    return call.runInContext(sandbox, { timeout: timeoutMs });
  } catch (error) {
    // Thrown by the other context, whose Error is not ours.
    const { code } = Object(error) as { code?: unknown };
    throw code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? overRegexTime(timeoutMs) : error;
  }
}

const overRegexTime = (timeMs: number): SluiceError =>
  overLimit(`more than ${timeMs} ms in one regular expression`);

const overLimit = (what: string): SluiceError =>
  new SluiceError('webhook.mapping-failed', `the mapping was stopped: it took ${what}`);
