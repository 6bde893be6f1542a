/**
 * `automox.servers.batch`: applies or removes tags on devices, 500 a call.
 *
 * Guarantees: devices that `select` chooses are chosen once; what the fleet does afterwards, and what
 * this very job changes, does not move the targets. A chunk that was answered is not sent again.
 * Automox changes the tags some time after its answer and cannot be asked how far it is.
 */
import * as z from 'zod';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import { count } from '../../../jobs/count.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { SelectPhase } from '../../../jobs/select-targets.ts';
import { findTotalFailure, resumeWork, WorkList } from '../../../jobs/work-list.ts';
import { workThrough } from '../../../jobs/work-through.ts';
import { isJsonObject, type Json } from '../../../kernel/json.ts';
import { operations } from '../operations.ts';
import { ServersBatchParams } from './batch-params.ts';
import { getTargets, selectTargets } from './batch-targets.ts';

/** source: 'Automox console API, OpenAPI description': POST /servers/batch. */
const CHUNK_DEVICES_MAX = 500;

const BatchPhase = z.object({ phase: z.literal('batch'), work: WorkList });

const Checkpoint = z.discriminatedUnion('phase', [SelectPhase, BatchPhase]);
type Checkpoint = z.output<typeof Checkpoint>;

export const serversBatch: JobType<ServersBatchParams> = {
  type: 'automox.servers.batch',
  provider: 'automox',
  description: 'Applies or removes tags on listed devices, or on those that a query selects.',
  params: ServersBatchParams,
  example: {
    select: { groupId: 23500, osFamily: 'Windows', name: 'WS-*' },
    actions: [{ attribute: 'tags', action: 'apply', value: ['pilot'] }],
  },
  budget: 'servers.batch',
  // To apply a tag and then remove it must not become the other way round.
  shards: 1,
  cost: {
    operations: [operations.batchServers, operations.listServers],
    calls: 'one for each 500 devices; with a selection also the listing',
  },
  execute: batchServers,
};

type Chunks = readonly (readonly number[])[];

async function batchServers(context: JobContext, params: ServersBatchParams): Promise<JobEnd> {
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  const chunks = chunksOf(await targetsOf(context, params, stored));
  const former = stored?.phase === 'batch' ? stored.work : undefined;
  const begun = resumeWork(former, context.run, chunks.length);
  const checkpointOf = (work: WorkList): Checkpoint => ({ phase: 'batch', work });
  context.checkpointAt(checkpointOf(begun));
  const work = await workThrough(context, begun, {
    unit: 'calls',
    checkpointOf,
    perform: (chunk) => sendChunk(context, params, chunks, chunk),
  });
  const failure = findTotalFailure(work, chunks.length);
  if (failure) throw failure;
  return endOf(context, chunks, work);
}

async function targetsOf(
  context: JobContext,
  { devices, select = {} }: ServersBatchParams,
  stored: Checkpoint | undefined,
): Promise<readonly number[]> {
  if (devices) return [...new Set(devices)];
  return stored?.phase === 'batch' ? getTargets(context) : selectTargets(context, select, stored);
}

function chunksOf(targets: readonly number[]): Chunks {
  const chunks = Math.ceil(targets.length / CHUNK_DEVICES_MAX);
  return Array.from({ length: chunks }, (_, chunk) =>
    targets.slice(chunk * CHUNK_DEVICES_MAX, (chunk + 1) * CHUNK_DEVICES_MAX),
  );
}

async function sendChunk(
  context: JobContext,
  { actions }: ServersBatchParams,
  chunks: Chunks,
  chunk: number,
): Promise<void> {
  const { body } = await context.call({
    operation: operations.batchServers,
    key: `chunk-${chunk}`,
    body: { devices: chunks[chunk] ?? [], actions },
  });
  const failed = isJsonObject(body) ? body['failed_jobs'] : undefined;
  if (typeof failed !== 'number' || failed === 0) return;
  context.warn(`Automox could not take ${count(failed, 'device')} of call ${chunk + 1}`);
}

function endOf(context: JobContext, chunks: Chunks, work: WorkList): JobEnd {
  const devices = chunks.flat().length;
  const failed = work.failed.map(({ items, code, problem }) => ({
    code,
    problem,
    devices: items.flatMap((chunk) => chunks[chunk] ?? []),
  }));
  const data: Json = { chunks: chunks.length, devices, failed };
  const refused = failed.flatMap((group) => group.devices).length;
  const did = context.observing ? 'would change' : 'asked Automox to change';
  const asked = `${did} the tags of ${count(devices - refused, 'device')}`;
  return refused === 0
    ? { status: 'succeeded', summary: `${asked} in ${count(chunks.length, 'call')}`, data }
    : { status: 'partial', summary: `${asked}, ${count(refused, 'device')} refused`, data };
}
