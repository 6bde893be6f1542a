/**
 * Work that the vendor does after it answered. It is done when the next request arrives after its
 * time, in the order of its times, so that virtual time needs no timers.
 */
export interface Later {
  at(dueMs: number, work: (dueMs: number) => void): void;
  runDue(nowMs: number): void;
  reset(): void;
}

export function createLater(): Later {
  let waiting: { readonly dueMs: number; readonly work: (dueMs: number) => void }[] = [];
  return {
    at(dueMs, work) {
      waiting.push({ dueMs, work });
    },
    runDue(nowMs) {
      const due = waiting.filter(({ dueMs }) => dueMs <= nowMs);
      if (due.length === 0) return;
      waiting = waiting.filter(({ dueMs }) => dueMs > nowMs);
      for (const { dueMs, work } of due.toSorted((a, b) => a.dueMs - b.dueMs)) work(dueMs);
    },
    reset: () => {
      waiting = [];
    },
  };
}
