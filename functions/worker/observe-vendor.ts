import type { VendorResult } from '../../shared/http/vendor-client.ts';
import type { OperationCall } from '../../shared/jobs/operation.ts';
import type { QueueMessage } from '../../shared/jobs/ports.ts';
import type { VendorAccount } from '../../shared/jobs/vendor-account.ts';
import type { Log } from '../../shared/lambda/log.ts';
import type { FunctionMetrics } from '../metrics.ts';
import type { BucketWatch } from './bucket-watch.ts';

export interface VendorObserver {
  readonly metrics: FunctionMetrics;
  readonly log: Log;
  readonly buckets?: BucketWatch;
}

/** Whose calls are observed. */
export interface ObservedDelivery extends QueueMessage {
  readonly account: string;
}

/** The same vendor, each of whose answers is counted and logged: never what was sent or answered. */
export const observeVendor = (
  vendor: VendorAccount,
  delivery: ObservedDelivery,
  { metrics, log, buckets }: VendorObserver,
): VendorAccount => ({
  ...vendor,
  async send(call, hooks) {
    const result = await vendor.send(call, hooks);
    log.info('vendor call', { ...delivery, ...factsOf(call, result) });
    const of = { Provider: vendor.account.provider };
    if (result.kind === 'unanswered') metrics.add('Unanswered', 1, of);
    if (result.kind === 'answered') {
      metrics.add('VendorCallMs', result.elapsedMs, of);
      const taught = vendor.findTaughtLimit(call, result);
      if (taught) buckets?.see(taught);
      if (result.status === 429) metrics.add('Throttled', 1, of);
    }
    return result;
  },
});

function factsOf({ operation, key }: OperationCall, result: VendorResult) {
  const call = { operation: operation.id, call: key };
  if (result.kind !== 'answered') return { ...call, problem: result.error.code };
  const { status, requestId, elapsedMs } = result;
  return {
    ...call,
    status,
    elapsedMs: Math.round(elapsedMs),
    ...(requestId === undefined ? {} : { vendorRequestId: requestId }),
  };
}
