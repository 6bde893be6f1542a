/**
 * Failures on demand, so that retries and uncertain outcomes can be provoked over the wire.
 *
 * A rule fires for the next `times` matching calls, in the order in which rules were added.
 */
import type { Fault } from './aws-service.ts';

interface FaultRule {
  readonly service: string;
  /** Every operation of the service when absent. */
  readonly operation?: string;
  readonly fault: Fault;
  /** How many calls fail; 1 when absent. */
  readonly times?: number;
}

export interface FaultInjector {
  inject(rule: FaultRule): void;
  /** The fault that this call meets, used up by asking. */
  take(service: string, operation: string): Fault | undefined;
  /** Faults that no call has met yet; a test expects 0 at its end. */
  pending(): number;
  clear(): void;
}

export function createFaultInjector(): FaultInjector {
  let waiting: FaultRule[] = [];
  return {
    inject: (rule) => {
      waiting.push(...Array.from({ length: rule.times ?? 1 }, () => rule));
    },
    take: (service, operation) => {
      const rule = waiting.find(
        (one) =>
          one.service === service && (one.operation === undefined || one.operation === operation),
      );
      if (rule === undefined) return undefined;
      waiting.splice(waiting.indexOf(rule), 1);
      return rule.fault;
    },
    pending: () => waiting.length,
    clear: () => {
      waiting = [];
    },
  };
}
