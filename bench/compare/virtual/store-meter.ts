/** Stands between workers and their stores: counts what DynamoDB would bill, and can be down. */
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import type { JobStore } from '../../../shared/jobs/job-store.ts';
import { bytesOf, unitsOfBytes, writeUnitsOf } from '../cost/write-units.ts';

export interface StoreMeter {
  readonly around: <T extends object>(store: T) => T;
  /** A new row, written past this meter. */
  readonly submitted: (job: Job) => void;
  /** While it is down every call fails. */
  readonly setDown: (isDown: boolean) => void;
  /** Refused ones included: DynamoDB bills them too. */
  writes(): number;
  /** Those of the budgets table among them. */
  limiterWrites(): number;
  writeUnits(): number;
  submissionUnits(): number;
  readUnits(): number;
}

const WRITES = new Set<PropertyKey>(['create', 'replace', 'takeSlots', 'changeGrid']);

/** A consistent read of up to 4 KB. */
const READ_BYTES = 4_096;

export function createStoreMeter(): StoreMeter {
  const metered = { writes: 0, limiterWrites: 0, writeUnits: 0, submissionUnits: 0, readUnits: 0 };
  const rows = new Map<string, Job>();
  let isDown = false;

  const count = (name: PropertyKey, given: readonly unknown[], answer: unknown): void => {
    if (WRITES.has(name)) {
      metered.writes += 1;
      if (!isJob(given[0])) metered.limiterWrites += 1;
      metered.writeUnits += unitsOf(given[0], given[1]);
    } else {
      metered.readUnits += Math.ceil(bytesOf(answer ?? null) / READ_BYTES);
    }
  };
  const unitsOf = (first: unknown, second: unknown): number => {
    if (!isJob(first)) return unitsOfBytes(bytesOf(second ?? null));
    const units = writeUnitsOf(rows.get(first.id), first);
    rows.set(first.id, first);
    return units;
  };
  return {
    setDown(down) {
      isDown = down;
    },
    writes: () => metered.writes,
    limiterWrites: () => metered.limiterWrites,
    writeUnits: () => metered.writeUnits,
    readUnits: () => metered.readUnits,
    submissionUnits: () => metered.submissionUnits,
    submitted(job) {
      metered.submissionUnits += writeUnitsOf(undefined, job);
      rows.set(job.id, job);
    },
    around: (store) =>
      new Proxy(store, {
        get(target, name) {
          const method: unknown = Reflect.get(target, name);
          if (typeof method !== 'function') return method;
          return async (...given: unknown[]) => {
            if (isDown) throw new SluiceError('store.unavailable', 'the store is down');
            const answer: unknown = await Reflect.apply(method, target, given);
            count(name, given, answer);
            return answer;
          };
        },
      }),
  };
}

/** Rows come first in the calls of the jobs table, ids in those of the budgets. */
const isJob = (value: unknown): value is Parameters<JobStore['create']>[0] =>
  typeof value === 'object' && value !== null && 'paramsJson' in value;
