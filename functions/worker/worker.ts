/**
 * Takes a lane's messages and runs their jobs.
 *
 * Guarantees: never throws; a message that waits is hidden until its appointment and given back as a
 * partial failure, so that the rest of its batch is not run again and nothing behind it is touched.
 */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { FUNCTION_TIMEOUT_MS } from '../../shared/config/topology.ts';
import { toSluiceError } from '../../shared/errors/sluice-error.ts';
import type { QueueMessage } from '../../shared/jobs/ports.ts';
import { type Delivered, type RunJobDeps, runJob } from '../../shared/jobs/run-job.ts';
import type { VendorAccount } from '../../shared/jobs/vendor-account.ts';
import type { Log } from '../../shared/lambda/log.ts';
import type { ObservedDelivery } from './observe-vendor.ts';

export interface WorkerDeps extends RunJobDeps {
  readonly deferrals: { defer(receiptHandle: string, seconds: number): Promise<void> };
  readonly log: Log;
  /** Sees the vendor's answers to the calls of one delivery. */
  readonly observeVendor?: (vendor: VendorAccount, delivery: ObservedDelivery) => VendorAccount;
}

export type Worker = (event: SQSEvent, remainingMs: () => number) => Promise<SQSBatchResponse>;

export const createWorker =
  (deps: WorkerDeps): Worker =>
  async ({ Records: records }, remainingMs) => {
    const groups = Map.groupBy(records, ({ attributes }) => attributes.MessageGroupId ?? '');
    const failed = await Promise.all(
      [...groups.values()].map((group) => workGroup(deps, group, remainingMs)),
    );
    const ids = failed.flat().map(({ messageId }) => messageId);
    return { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) };
  };

/** In order; behind a message that waits, the rest of its group waits untouched. */
async function workGroup(
  deps: WorkerDeps,
  records: readonly SQSRecord[],
  remainingMs: () => number,
): Promise<readonly SQSRecord[]> {
  for (const [index, record] of records.entries()) {
    if (!(await work(deps, record, remainingMs))) return records.slice(index);
  }
  return [];
}

async function work(
  deps: WorkerDeps,
  record: SQSRecord,
  remainingMs: () => number,
): Promise<boolean> {
  try {
    const message = LaneMessage.parse(JSON.parse(record.body));
    const sentAtMs = Number(record.attributes.SentTimestamp);
    const given = { ...message, sentAtMs };
    const expectDeath = once(() => defer(deps, record, AFTER_DEATH_S));
    const delivered = await runJob(observed(deps, message), given, remainingMs, expectDeath);
    report(deps.log, message, delivered);
    if (delivered.kind === 'done') return true;
    const waitS = (delivered.untilMs - deps.clock.nowMs()) / 1_000;
    await defer(deps, record, endsInPlace(delivered) ? Math.floor(waitS) : Math.ceil(waitS));
  } catch (error) {
    const { code } = toSluiceError(error);
    deps.log.error('a delivery failed and will be tried again', {
      code,
      messageId: record.messageId,
      error,
    });
    await defer(deps, record, Math.ceil(FAILED_DELIVERY_S * (1 + deps.random())));
  }
  return false;
}

const observed = (deps: WorkerDeps, message: QueueMessage): RunJobDeps => ({
  ...deps,
  onFailure: reportFailure(deps.log),
  vendorOf(account) {
    const vendor = deps.vendorOf(account);
    return deps.observeVendor?.(vendor, { ...message, account }) ?? vendor;
  },
});

const LaneMessage: z.ZodType<QueueMessage> = z.object({ jobId: z.string(), run: z.int() });

const FAILED_DELIVERY_S = 5;

/**
 * By then a function that was running is over. The queue hides a message for six timeouts, which its
 * line would wait for behind the message of a worker that died.
 */
const AFTER_DEATH_S = FUNCTION_TIMEOUT_MS / 1_000 + 5;

function once(act: () => Promise<void>): () => Promise<void> {
  let begun: Promise<void> | undefined;
  return () => {
    begun ??= act();
    return begun;
  };
}

/**
 * SQS hides for whole seconds. Who waits for a permit wakes a little early and waits the rest in place.
 * Any other wait has nobody to sit out its rest: woken early, the message would spin until it is over.
 */
function endsInPlace({ job }: Delivered): boolean {
  if (job?.waiting === undefined || job.waiting.untilMs >= job.deadlineMs) return false;
  return ['permit', 'blocked', 'paused'].includes(job.waiting.for);
}

/** Where SQS does not take the change, the message comes back when its visibility ends: late, not lost. */
async function defer(deps: WorkerDeps, record: SQSRecord, waitS: number): Promise<void> {
  try {
    await deps.deferrals.defer(record.receiptHandle, Math.max(0, waitS));
  } catch (error) {
    deps.log.warn('a message could not be deferred', { messageId: record.messageId, error });
  }
}

const reportFailure =
  (log: Log): NonNullable<RunJobDeps['onFailure']> =>
  ({ id, type, account, attempts }, error) => {
    const facts = { jobId: id, type, account, attempts, code: error.code };
    if (error.code === 'internal.unexpected')
      log.error('a job met an unexpected error', { ...facts, error });
    else log.warn('a try of a job failed', { ...facts, reason: error.message });
  };

function report(log: Log, message: QueueMessage, delivered: Delivered): void {
  const { job } = delivered;
  const facts = { ...message, type: job?.type, account: job?.account, status: job?.status };
  if (delivered.kind === 'done') {
    log.info('job done', { ...facts, attempts: job?.attempts, waitedMs: job?.waitedMs });
  } else {
    log.info('job waits', { ...facts, waiting: job?.waiting });
  }
}
