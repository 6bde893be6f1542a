import type { FaultInjector } from '../../local/emulators/endpoint/fault-injector.ts';

export interface NarrowTable extends Pick<FaultInjector, 'take'> {
  /** From now on so many writes in a second; the rest is throttled. */
  narrow(writesPerSecond: number): void;
  widen(): void;
}

/** A DynamoDB that takes all writes, or so many of each second, as provisioned capacity does. */
export function createNarrowTable(nowMs: () => number = Date.now): NarrowTable {
  let most = Number.POSITIVE_INFINITY;
  let second = 0;
  let written = 0;
  return {
    narrow: (writesPerSecond) => {
      most = writesPerSecond;
    },
    widen: () => {
      most = Number.POSITIVE_INFINITY;
    },
    take(service, operation) {
      if (service !== 'dynamodb' || operation !== 'PutItem') return undefined;
      const now = Math.floor(nowMs() / 1_000);
      if (now !== second) [second, written] = [now, 0];
      if (written >= most) return { kind: 'throttle' };
      written += 1;
      return undefined;
    },
  };
}
