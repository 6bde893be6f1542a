import * as z from 'zod';
import { AccountName } from '../config/account.ts';

/** Bytes of one job message, whatever way it comes in (API Gateway, SQS and EventBridge agree). */
export const JOB_BYTES_MAX = 256 * 1024;

export { JOB_LIFE_MAX_MS } from '../config/lane-capacity.ts';

const Instant = z.iso.datetime({
  offset: true,
  error: 'must be an ISO 8601 instant with a zone, such as 2026-03-01T02:00:00Z',
});

/**
 * The message every way in takes: HTTP body, SQS body, EventBridge detail, schedule input and webhook
 * mapping are this same JSON. `params` is checked by the schema of `type`.
 */
export const JobRequest = z.strictObject({
  type: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/,
      'must be a job type such as automox.servers.query',
    )
    .describe('What to do; GET /job-types lists the types.'),
  account: AccountName.describe('Whose credential to use: a name under "accounts" in the config.'),
  params: z.record(z.string(), z.unknown()).default({}).describe('Checked by the type.'),
  idempotencyKey: z
    .string()
    .min(1)
    .max(256)
    .optional()
    .describe('Same key and body: the first job is answered. Same key, other body: an error.'),
  priority: z
    .enum(['normal', 'urgent'])
    .default('normal')
    .describe('Urgent takes the next permit.'),
  tenant: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 of letters, digits, ".", "_" and "-"')
    .default('default')
    .describe('The unit of fairness inside an account.'),
  notBefore: Instant.optional().describe('Do not start before this instant.'),
  deadline: Instant.optional().describe('Give up (expired) if not finished by this instant.'),
  mode: z
    .enum(['run', 'observe'])
    .default('run')
    .describe('Observe makes no call that changes anything and records what it would have done.'),
  taskToken: z.string().min(1).max(2048).optional().describe('A Step Functions task to answer.'),
  correlationId: z.string().min(1).max(256).optional().describe('Carried into events and logs.'),
});
export type JobRequest = z.infer<typeof JobRequest>;
