/** Remembers what was sent to a FIFO queue in the last five minutes, also after it was deleted. */
import { limits } from './limits.ts';

interface RememberedSend {
  readonly messageId: string;
  readonly sequenceNumber: string;
}

interface Entry {
  readonly key: string;
  readonly expiresAtMs: number;
  readonly send: RememberedSend;
}

export interface DeduplicationWindow {
  find(key: string, nowMs: number): RememberedSend | undefined;
  remember(key: string, send: RememberedSend, nowMs: number): void;
}

/** Below this many spent entries the line is not worth shortening. */
const COMPACT_FROM = 1_024;

export function createDeduplicationWindow(): DeduplicationWindow {
  const byKey = new Map<string, Entry>();
  // Every entry lives equally long, so the order of arrival is the order of expiry.
  let line: Entry[] = [];
  let spent = 0;

  const forgetExpired = (nowMs: number): void => {
    for (let entry = line[spent]; entry !== undefined; entry = line[spent]) {
      if (entry.expiresAtMs > nowMs) break;
      if (byKey.get(entry.key) === entry) byKey.delete(entry.key);
      spent += 1;
    }
    if (spent > COMPACT_FROM && spent * 2 > line.length) {
      line = line.slice(spent);
      spent = 0;
    }
  };

  return {
    find(key, nowMs) {
      forgetExpired(nowMs);
      return byKey.get(key)?.send;
    },
    remember(key, send, nowMs) {
      const entry = { key, send, expiresAtMs: nowMs + limits.deduplicationWindowMs.value };
      byKey.set(key, entry);
      line.push(entry);
    },
  };
}
