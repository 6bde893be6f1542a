/** A job type whose work a test gives, and one operation of each repeat class. */
import * as z from 'zod';
import type { JobCatalog, JobContext, JobEnd, JobType } from '../../../shared/jobs/job-type.ts';
import type { Operation, OperationCall } from '../../../shared/jobs/operation.ts';

export const STEP_TYPE = 'automox.test.step';

const source = 'test';

export const operations = {
  read: op('read', 'GET', 'safe'),
  tag: op('tag', 'POST', 'idempotent'),
  create: op('create', 'POST', 'reconcile'),
  run: op('run', 'POST', 'once'),
} as const;

function op(id: string, method: Operation['method'], repeat: Operation['repeat']): Operation {
  return { id, method, path: `/${id}`, budgets: ['narrow', 'wide'], repeat, source };
}

export const callOf = (name: keyof typeof operations, key: string = name): OperationCall => ({
  operation: operations[name],
  key,
});

export type Execute = (context: JobContext) => Promise<JobEnd>;

export const done = (more: Partial<JobEnd> = {}): JobEnd => ({
  status: 'succeeded',
  summary: 'done',
  ...more,
});

export const StepParams = z.strictObject({
  devices: z.array(z.int().positive()).min(1).max(10).optional(),
  note: z.string().max(20).optional(),
  nested: z.strictObject({ depth: z.int() }).optional(),
});

export const stepType = (execute: Execute = async () => done()): JobType => ({
  type: STEP_TYPE,
  provider: 'automox',
  description: 'Does what a test says.',
  params: StepParams,
  example: { devices: [1] },
  budget: 'narrow',
  shards: 1,
  execute,
});

export function catalogOf(...types: readonly JobType[]): JobCatalog {
  const byName = new Map(types.map((type) => [type.type, type]));
  return { find: (type) => byName.get(type), list: () => types };
}
