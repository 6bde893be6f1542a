/** The jobs table in DynamoDB. Names of the indexes are those of `shared/config/topology.ts`. */
import { SluiceError } from '../errors/sluice-error.ts';
import type { Job } from '../jobs/job.ts';
import type { JobStore } from '../jobs/job-store.ts';
import {
  createDynamoTable,
  type DynamoTable,
  type DynamoTableOptions,
  type Expression,
} from './dynamo-table.ts';
import { listJobs } from './job-index-reader.ts';
import { ATTENTION_DUE, fromJobItem, toJobItem } from './job-item.ts';

export function createDynamoJobStore(options: DynamoTableOptions): JobStore {
  const table = createDynamoTable(options);
  return {
    create: (job) => createRow(table, job),
    async find(id) {
      const item = await table.find(id);
      return item && fromJobItem(item);
    },
    async replace(job, expectedVersion) {
      const write = await table.putIf(toJobItem(job), atVersion(expectedVersion));
      if (write.written) return { stored: true };
      const current = write.present && fromJobItem(write.present);
      return current && isOwnWrite(job, current) ? { stored: true } : { stored: false, current };
    },
    list: (query) => listJobs(table, query),
    listDue: (nowMs, limit) => listDue(table, nowMs, limit),
  };
}

/** A second try is for the row that expired between the refusal and the look at what refused it. */
async function createRow(table: DynamoTable, job: Job): ReturnType<JobStore['create']> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const write = await table.putIf(toJobItem(job), absent);
    if (write.written) return { created: true };
    const existing = write.present && fromJobItem(write.present);
    if (existing && isOwnWrite(job, existing)) return { created: true };
    if (existing) return { created: false, existing };
  }
  throw new SluiceError('store.unavailable', `the row ${job.id} comes and goes`);
}

/** The SDK repeats a write whose answer was lost; the repeat finds the first one in its way. */
const isOwnWrite = (job: Job, present: Job): boolean => present.writeId === job.writeId;

const absent: Expression = {
  text: 'attribute_not_exists(#id)',
  names: { '#id': 'id' },
  values: {},
};

const atVersion = (version: number): Expression => ({
  text: '#version = :version',
  names: { '#version': 'version' },
  values: { ':version': { N: String(version) } },
});

async function listDue(
  table: DynamoTable,
  nowMs: number,
  limit: number,
): Promise<readonly string[]> {
  const { items } = await table.query({
    index: 'by-attention',
    key: '#attention = :due AND #at <= :now',
    names: { '#attention': 'attention', '#at': 'attentionAtMs' },
    values: { ':due': { S: ATTENTION_DUE }, ':now': { N: String(nowMs) } },
    newestFirst: false,
    limit,
  });
  return items.map((item) => item['id']?.S ?? '');
}
