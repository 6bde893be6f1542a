import { parseJson, stringifyJson } from '../kernel/json.ts';
import type { JobContext } from './job-type.ts';
import type { ResultStore } from './ports.ts';
import { createVendorCalls } from './vendor-calls.ts';
import type { VendorCallsDeps } from './vendor-calls-deps.ts';

const WARNINGS_MAX = 50;

/** What a job's function is given: the delivery, seen through what a job may do with it. */
export function createJobContext(
  deps: VendorCallsDeps & { readonly results: ResultStore },
): JobContext {
  const { delivery, results } = deps;
  const { run, mode, checkpointJson } = delivery.job;
  const calls = createVendorCalls(deps);
  return {
    run,
    observing: mode === 'observe',
    account: deps.vendor.account,
    checkpoint: checkpointJson === undefined ? undefined : parseJson(checkpointJson),
    call: calls.call,
    checkpointAt(checkpoint, progress) {
      const json = stringifyJson(checkpoint);
      delivery.change((job) => ({
        ...job,
        checkpointJson: json,
        failures: json === job.checkpointJson ? job.failures : 0,
        ...(progress === undefined ? {} : { progress }),
      }));
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
  };
}
