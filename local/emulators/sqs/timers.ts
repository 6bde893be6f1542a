/** Time as the emulators need it: an instant, and a wake-up call that can be cancelled. */
export interface Timers {
  nowMs(): number;
  /** Runs `run` once at `atMs` or a little later; the answer cancels it. */
  setTimer(atMs: number, run: () => void): () => void;
}

/** Beyond this Node fires at once; a timer that wakes early is set again by whoever owns it. */
const DELAY_MAX_MS = 2_147_483_647;

export const systemTimers: Timers = {
  nowMs: () => Date.now(),
  setTimer: (atMs, run) => {
    const delayMs = Math.min(Math.max(0, Math.ceil(atMs - Date.now())), DELAY_MAX_MS);
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
