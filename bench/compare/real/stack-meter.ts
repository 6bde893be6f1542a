/** Counts what the embedded stack does for a scenario, and lets its DynamoDB be down. */
import type { FaultInjector } from '../../../local/emulators/endpoint/fault-injector.ts';
import type { BatchReport } from '../../../local/event-source-mapping/event-source-mapping.ts';
import type { TableCall } from '../../../local/stack/table-calls.ts';
import type { Usage } from '../run-facts.ts';

export interface StackMeter {
  readonly onTableCall: (call: TableCall) => void;
  readonly onBatch: (queueName: string, report: BatchReport) => void;
  readonly faults: FaultInjector;
  setDown(isDown: boolean): void;
  /** Counts from zero again. */
  reset(): void;
  usage(): Usage;
}

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

export function createStackMeter(): StackMeter {
  const receives = new Map<string, number>();
  const counted = { writes: 0, invocations: 0, billedMs: 0 };
  let isDown = false;
  return {
    onTableCall({ operation }) {
      if (WRITES.has(operation)) counted.writes += 1;
    },
    onBatch(queueName, { messageIds, startedAtMs, endedAtMs }) {
      if (!queueName.endsWith('.fifo')) return;
      counted.invocations += 1;
      counted.billedMs += endedAtMs - startedAtMs;
      for (const id of messageIds) receives.set(id, (receives.get(id) ?? 0) + 1);
    },
    faults: {
      take: (service) =>
        isDown && service === 'dynamodb' ? { kind: 'server-error', status: 503 } : undefined,
      inject: () => undefined,
      pending: () => 0,
      clear: () => undefined,
    },
    setDown(down) {
      isDown = down;
    },
    reset() {
      receives.clear();
      Object.assign(counted, { writes: 0, invocations: 0, billedMs: 0 });
    },
    usage: () => ({
      receives: [...receives.values()],
      storeWrites: counted.writes,
      invocations: counted.invocations,
      billedMs: counted.billedMs,
    }),
  };
}
