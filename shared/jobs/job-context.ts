import { seconds } from '../kernel/duration.ts';
import { parseJson, stringifyJson } from '../kernel/json.ts';
import { DeliveryEnd } from './delivery-end.ts';
import type { Job } from './job.ts';
import type { JobContext } from './job-type.ts';
import type { KeptReads } from './kept-reads.ts';
import type { JobEventPublisher, ResultStore, SecretKeeper } from './ports.ts';
import { createSourceSecrets } from './source-secrets.ts';
import { createVendorCalls } from './vendor-calls.ts';
import type { VendorCallsDeps } from './vendor-calls-deps.ts';

const WARNINGS_MAX = 50;

/** Events are told only while there is time to note that they were. */
const EMIT_TIME_NEEDED_MS = seconds(8);

/** What a job's function is given: the delivery, seen through what a job may do with it. */
export function createJobContext(
  deps: VendorCallsDeps & {
    readonly results: ResultStore;
    readonly publisher: JobEventPublisher;
    readonly keeper: SecretKeeper;
    readonly managedSources: (account: string) => readonly string[];
    readonly reads: KeptReads;
  },
): JobContext {
  const { delivery, results, clock, reads } = deps;
  const { run, mode, checkpointJson, account } = delivery.job;
  const observing = mode === 'observe';
  const calls = createVendorCalls(deps, reads);
  /** No job has an id like this: what is kept for the account is nobody's note. */
  const ofAccount = (): Job => ({ ...delivery.job, id: `account-${account}` });
  return {
    run,
    observing,
    accountName: account,
    account: deps.vendor.account,
    checkpoint: checkpointJson === undefined ? undefined : parseJson(checkpointJson),
    call: calls.call,
    checkpointAt(checkpoint, progress) {
      const json = stringifyJson(checkpoint);
      if (json !== delivery.job.checkpointJson) reads.stepDone();
      delivery.change((job) => ({
        ...job,
        checkpointJson: json,
        failures: json === job.checkpointJson ? job.failures : 0,
        ...(progress === undefined ? {} : { progress }),
      }));
    },
    nowMs: () => clock.nowMs(),
    comeBackAt(atMs) {
      throw new DeliveryEnd({ kind: 'waiting', for: 'follow-up', untilMs: atMs });
    },
    async emit(events) {
      if (deps.remainingMs() < EMIT_TIME_NEEDED_MS) {
        throw new DeliveryEnd({ kind: 'waiting', for: 'continue', untilMs: clock.nowMs() });
      }
      await deps.publisher.publish(delivery.job, events);
    },
    warn(text) {
      delivery.change((job) => {
        const warnings = job.warnings ?? [];
        if (warnings.includes(text) || warnings.length >= WARNINGS_MAX) return job;
        return { ...job, warnings: [...warnings, text] };
      });
    },
    putPart: (index, rows) => results.putPart(delivery.job, index, rows),
    putNote: (name, value) => results.putNote(delivery.job, name, value),
    findNote: (name) => results.findNote(delivery.job, name),
    keep: (name, value) => results.putNote(ofAccount(), name, value),
    findKept: (name) => results.findNote(ofAccount(), name),
    findNoteOf: (jobId, name) => results.findNote({ ...delivery.job, id: jobId }, name),
    sourceSecrets: createSourceSecrets({
      keeper: deps.keeper,
      account,
      managed: deps.managedSources(account),
      observing,
    }),
  };
}
