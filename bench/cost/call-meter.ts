/** Counts what a deployment would be billed for, call by call, as the embedded stack sees it. */
import type { AwsCall } from '../../local/emulators/endpoint/aws-service.ts';
import type { BatchReport } from '../../local/event-source-mapping/event-source-mapping.ts';
import type { TableCall } from '../../local/stack/table-calls.ts';
import { fromJobItem } from '../../shared/aws/job-item.ts';
import type { Job } from '../../shared/jobs/job.ts';
import { rowUnitsOf, unitsOfBytes, writeUnitsOf } from '../compare/cost/write-units.ts';

/** Of some jobs together. */
export interface Counts {
  readonly awsCalls: number;
  readonly invocations: number;
  readonly standardQueueRequests: number;
  readonly fifoQueueRequests: number;
  readonly writeUnits: number;
  /** Of the write units, those of index entries. */
  readonly indexUnits: number;
  readonly readUnits: number;
  readonly events: number;
  readonly logBytes: number;
  readonly objectWrites: number;
  readonly objectReads: number;
}

export interface CallMeter {
  readonly onAwsCall: (call: AwsCall) => void;
  readonly onTableCall: (call: TableCall) => void;
  readonly onBatch: (queueName: string, report: BatchReport) => void;
  readonly onLog: (functionName: string, line: string) => void;
  /** An invocation that no queue started. */
  invoked(): void;
  /** What was counted since the last take. */
  take(): Counts;
}

const READ_BYTES = 4_096;

/** What Lambda itself writes of each invocation: START, END and REPORT with their request id. */
const PLATFORM_LOG_BYTES = 330;

/** Asked once by each process, and then not for five minutes: no job's own. */
const NOT_OF_A_JOB = new Set(['secretsmanager.GetSecretValue', 'sqs.GetQueueAttributes']);

const zero = {
  awsCalls: 0,
  invocations: 0,
  standardQueueRequests: 0,
  fifoQueueRequests: 0,
  writeUnits: 0,
  indexUnits: 0,
  readUnits: 0,
  events: 0,
  logBytes: 0,
  objectWrites: 0,
  objectReads: 0,
};

export function createCallMeter(jobsTable: string): CallMeter {
  const rows = new Map<string, Job>();
  let counted = { ...zero };

  const invoked = (): void => {
    counted.invocations += 1;
    counted.logBytes += PLATFORM_LOG_BYTES;
  };
  /** A refused write is billed as well; it changes no index. */
  const unitsOf = ({ table, status, item }: TableCall): number => {
    if (item === undefined || table !== jobsTable) return 1;
    if (status !== 200) return unitsOfBytes(item.bytes);
    const job = fromJobItem(item.attributes);
    const before = rows.get(job.id);
    const units = writeUnitsOf(before, job);
    counted.indexUnits += units - rowUnitsOf(before, job);
    rows.set(job.id, job);
    return units;
  };
  return {
    invoked,
    onAwsCall({ service, operation }) {
      const name = `${service}.${operation}`;
      if (NOT_OF_A_JOB.has(name) || operation === 'ReceiveMessage') return;
      counted.awsCalls += 1;
      if (name === 'sqs.SendMessage' || name === 'sqs.ChangeMessageVisibility') {
        // What a test sends to the intake queue comes by its own client; Sluice's own go to lanes.
        counted.fifoQueueRequests += 1;
      }
      if (service === 'events') counted.events += 1;
      if (name === 's3.PutObject') counted.objectWrites += 1;
      if (name === 's3.GetObject') counted.objectReads += 1;
    },
    onTableCall(call) {
      if (call.operation === 'GetItem') {
        // A budget's item is smaller than one unit; a row is known by what was written last.
        const largest = Math.max(0, ...[...rows.values()].map((row) => JSON.stringify(row).length));
        counted.readUnits +=
          call.table === jobsTable ? Math.max(1, Math.ceil(largest / READ_BYTES)) : 1;
      } else if (call.operation === 'Query') counted.readUnits += 1;
      else counted.writeUnits += unitsOf(call);
    },
    onBatch(queueName, { messageIds, failedIds }) {
      invoked();
      // A receive, and a delete where any of the batch is done.
      const requests = failedIds.length < messageIds.length ? 2 : 1;
      if (queueName.endsWith('.fifo')) counted.fifoQueueRequests += requests;
      else counted.standardQueueRequests += requests;
    },
    onLog(_name, line) {
      counted.logBytes += Buffer.byteLength(line) + 1;
    },
    take() {
      const taken = counted;
      counted = { ...zero };
      return taken;
    },
  };
}
