/**
 * What the patterns that count keep in DynamoDB: the instants of the last sendings, in one item that a
 * conditional write guards. A better counter than the fixed window that is usual: it errs by the
 * network's jitter only.
 */
import type { Clock } from '../../../shared/kernel/clock.ts';

export interface PlaceLog {
  /** Takes a place in the window that ends now, if one is left. Throws while the table is down. */
  take(): Promise<boolean>;
  setDown(isDown: boolean): void;
  /** Conditional writes, those that were refused included. */
  writes(): number;
}

/** As for Sluice. */
const STORE_CALL_MS = 4;

export function createPlaceLog(clock: Clock, limit: number, windowMs: number): PlaceLog {
  let takenMs: readonly number[] = [];
  let writes = 0;
  let down = false;
  return {
    async take() {
      await clock.sleep(STORE_CALL_MS / 2);
      if (down) throw new Error('the table does not answer');
      writes += 1;
      const nowMs = clock.nowMs();
      const recent = takenMs.filter((atMs) => nowMs - atMs < windowMs);
      const isFree = recent.length < limit;
      takenMs = isFree ? [...recent, nowMs] : recent;
      await clock.sleep(STORE_CALL_MS / 2);
      return isFree;
    },
    setDown(isDown) {
      down = isDown;
    },
    writes: () => writes,
  };
}
