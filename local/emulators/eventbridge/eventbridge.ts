/**
 * EventBridge on a laptop: buses, rules, patterns, targets. Delivery is the caller's, by ARN.
 *
 * Guarantees: an event is delivered to each matching target before PutEvents answers.
 * Refuses to: retry a delivery, keep archives, or run scheduled rules (the scheduler does).
 */
import { type Clock, systemClock } from '../../../shared/kernel/clock.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import type { Deliver } from '../endpoint/deliver.ts';
import { createJsonService } from '../endpoint/json-service.ts';
import { createBusRegistry } from './bus-registry.ts';
import { type DeliveryFailure, putEvents } from './put-events.ts';
import { ruleOperations } from './rule-operations.ts';

export interface EventBridgeOptions {
  readonly deliver: Deliver;
  readonly region?: string;
  readonly accountId?: string;
  readonly clock?: Pick<Clock, 'nowMs'>;
  /** Told of an event that a target did not take; on AWS it would be retried, then dropped. */
  readonly onDeliveryFailure?: (failure: DeliveryFailure) => void;
  readonly onDefect?: (error: unknown) => void;
}

export interface EventBridge extends AwsService {
  close(): Promise<void>;
}

export function createEventBridge(options: EventBridgeOptions): EventBridge {
  const clock = options.clock ?? systemClock;
  const registry = createBusRegistry(
    options.region ?? 'us-east-1',
    options.accountId ?? '000000000000',
  );
  const context = {
    registry,
    deliver: options.deliver,
    nowMs: () => clock.nowMs(),
    onDeliveryFailure: options.onDeliveryFailure ?? (() => undefined),
  };
  const service = createJsonService({
    name: 'events',
    version: '1.1',
    operations: {
      ...ruleOperations(registry),
      PutEvents: (input) => putEvents(context, input),
    },
    ...(options.onDefect && { onDefect: options.onDefect }),
  });
  return { ...service, close: async () => undefined };
}
