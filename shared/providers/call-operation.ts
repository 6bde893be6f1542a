/**
 * `<provider>.call`: any one operation of a vendor's table as a job.
 *
 * Guarantees: nothing outside of the table is reached: host, path and method come from its row, the
 * tenant from the account, and each parameter is one that the row takes. A call that was sent and not
 * answered is uncertain, unless its row says that it may be sent again. A DELETE that finds nothing
 * there fails, unless an earlier sending may have deleted it. An answer that was read is kept before
 * anything else may fail, so that a write is not sent twice for want of its result.
 */
import * as z from 'zod';
import type { Account } from '../config/account.ts';
import { parseCheckpoint } from '../jobs/checkpoint.ts';
import type { JobContext, JobEnd, JobType } from '../jobs/job-type.ts';
import type { Operation } from '../jobs/operation.ts';
import { type Json, type JsonObject, parseJson, stringifyJson } from '../kernel/json.ts';
import { CallParams } from './call-params.ts';

export interface CallSource {
  readonly provider: string;
  /** The vendor as people call it. */
  readonly vendor: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** A call that only reads. */
  readonly example: JsonObject;
  /** Where no other says where it waits. */
  readonly budget: string;
  /** Throws `job.refused` for a call that would leave the tenant of the account. */
  readonly assertOwn?: (params: CallParams, account: Account) => void;
}

export function createCallType(source: CallSource): JobType<CallParams> {
  const { provider, vendor, budget, example } = source;
  const byId = new Map(Object.values(source.operations).map((row) => [row.id, row]));
  const rowOf = ({ operation }: CallParams): Operation => {
    const row = byId.get(operation);
    if (row) return row;
    throw new RangeError(`${operation} is not in the table of ${provider}`);
  };
  return {
    type: `${provider}.call`,
    provider,
    description: `Calls one operation of ${vendor} and gives its answer.`,
    params: CallParams([...byId.values()], vendor),
    example,
    budget,
    budgetOf: (params) => rowOf(params).budgets[0] ?? budget,
    // In the order of submission: a call may rest on the one before.
    shards: 1,
    async execute(context, params) {
      source.assertOwn?.(params, context.account);
      return callOperation(context, rowOf(params), params);
    },
  };
}

const Checkpoint = z.object({ status: z.int(), bodyJson: z.string().nullable() });

/** The row of a job has room for so much beside its parameters. */
const KEPT_BODY_CHARS_MAX = 64_000;

async function callOperation(
  context: JobContext,
  row: Operation,
  { path, query, body }: CallParams,
): Promise<JobEnd> {
  const kept = parseCheckpoint(Checkpoint, context.checkpoint);
  if (kept) return keptEnd(context, row, kept);
  const answer = await context.call({
    operation: { ...row, repeat: repeatOf(context, row) },
    key: 'call',
    ...(path && { path }),
    ...(query && { query }),
    ...(body === undefined ? {} : { body }),
    ...(row.method === 'DELETE' && row.repeat === 'idempotent' ? { goneIsDone: true } : {}),
  });
  if (answer.from === 'found') {
    context.warn(
      `${row.id} found nothing there: an earlier sending, whose answer never came, may have deleted it`,
    );
  }
  if (answer.from === 'observed') {
    return { status: 'succeeded', summary: `would call ${row.id}: ${row.method} ${row.path}` };
  }
  if (row.repeat !== 'safe') {
    const bodyJson = stringifyJson(answer.body);
    const fits = bodyJson.length <= KEPT_BODY_CHARS_MAX;
    context.checkpointAt({ status: answer.status, bodyJson: fits ? bodyJson : null });
  }
  return endOf(context, row, answer);
}

/**
 * Nobody looks for the traces of a call whose meaning is not known here. A job that observes sends no
 * other method than GET, also where the table says that a POST only reads.
 */
function repeatOf({ observing }: JobContext, { method, repeat }: Operation): Operation['repeat'] {
  if (observing && method !== 'GET') return 'once';
  return repeat === 'reconcile' ? 'once' : repeat;
}

function keptEnd(
  context: JobContext,
  row: Operation,
  { status, bodyJson }: z.output<typeof Checkpoint>,
): Promise<JobEnd> {
  if (bodyJson !== null) return endOf(context, row, { status, body: parseJson(bodyJson) });
  context.warn('the call took effect; its answer was too large to be kept and is lost');
  return endOf(context, row, { status, body: null });
}

/** A list is a list of rows: NDJSON. */
async function endOf(
  context: JobContext,
  { id }: Operation,
  { status, body }: { readonly status: number; readonly body: Json },
): Promise<JobEnd> {
  const summary = `${id} answered ${status}`;
  if (!Array.isArray(body)) return { status: 'succeeded', summary, data: body };
  await context.putPart(0, body);
  return { status: 'succeeded', summary: `${summary} with ${body.length} rows`, parts: 1 };
}
