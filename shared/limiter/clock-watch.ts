/**
 * Notices a wall clock that is certainly wrong, by the instant that a service wrote into its answer.
 *
 * HTTP dates are whole seconds, so an error below a second is not seen; the limiter's allowance is for
 * those. A clock that jumped by seconds is seen with the next answer, and nothing is granted by it. An
 * answer that seems to have taken seconds itself tells nothing: the clock may have jumped meanwhile.
 */
import { SluiceError } from '../errors/sluice-error.ts';
import { CLOCK_ALLOWANCE_MS } from './timings.ts';

/** One answer of a service: its own instant, and this host's when it asked and when it was answered. */
export interface ServerStamp {
  /** From the `Date` header: the beginning of the second in which the answer was written. */
  readonly dateMs: number;
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
}

export interface ClockWatch {
  observe(stamp: ServerStamp): void;
  /** How far the clock was off at the last answer, at least; 0 where it may have been right. */
  readonly certainErrorMs: number;
  readonly isTrusted: boolean;
}

const DATE_STEP_MS = 1_000;

/** The allowance is for two clocks. */
const CERTAIN_ERROR_MS_MAX = CLOCK_ALLOWANCE_MS / 2;

/** A slower answer is no evidence. A store answers in milliseconds; each try of the SDK counts alone. */
const ANSWER_MS_MAX = 1_000;

export function createClockWatch(): ClockWatch {
  let certainErrorMs = 0;
  let answerMs = 0;
  return {
    get certainErrorMs() {
      return certainErrorMs;
    },
    get isTrusted() {
      return certainErrorMs <= CERTAIN_ERROR_MS_MAX && answerMs <= ANSWER_MS_MAX;
    },
    observe({ dateMs, sentAtMs, receivedAtMs }) {
      const behindMs = dateMs - receivedAtMs;
      const aheadMs = sentAtMs - (dateMs + DATE_STEP_MS);
      certainErrorMs = Math.max(0, behindMs, aheadMs);
      answerMs = receivedAtMs - sentAtMs;
    },
  };
}

/** For stores that are no other host: nothing to compare with. */
export const trustingWatch: ClockWatch = {
  observe: () => {},
  certainErrorMs: 0,
  isTrusted: true,
};

/** Throws `host.clock-off`: what compares this clock with instants of other hosts must not go on. */
export function assertTrusted({ isTrusted, certainErrorMs }: ClockWatch): void {
  if (isTrusted) return;
  const why =
    certainErrorMs > CERTAIN_ERROR_MS_MAX
      ? `is off by ${Math.round(certainErrorMs)} ms at least`
      : `cannot be checked by an answer that took over ${ANSWER_MS_MAX} ms`;
  throw new SluiceError('host.clock-off', `the clock of this host ${why}: it grants nothing`);
}
