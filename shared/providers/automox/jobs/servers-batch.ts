/**
 * `automox.servers.batch`: applies or removes tags on devices, 500 a call.
 *
 * Guarantees: devices that `select` chooses are chosen once; what the fleet does afterwards, and what
 * this very job changes, does not move the targets. A chunk that was answered is not sent again.
 * Automox changes the tags some time after its answer and cannot be asked how far it is. A job of which
 * Automox reports any change as failed does not succeed.
 */
import * as z from 'zod';
import { ProviderError } from '../../../errors/provider-error.ts';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import { count } from '../../../jobs/count.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { SelectPhase } from '../../../jobs/select-targets.ts';
import { findTotalFailure, resumeWork, WorkList } from '../../../jobs/work-list.ts';
import { workThrough } from '../../../jobs/work-through.ts';
import { isJsonObject, type Json, scalarText } from '../../../kernel/json.ts';
import { sum } from '../../../kernel/sum.ts';
import { operations } from '../operations.ts';
import { ServersBatchParams } from './batch-params.ts';
import { getTargets, selectTargets } from './batch-targets.ts';

/** source: 'Automox console API, OpenAPI description': POST /servers/batch. */
const CHUNK_DEVICES_MAX = 500;

/** By its place, how many failures Automox reported of a chunk that it took; which ones, it does not say. */
const Reported = z.record(z.string(), z.int());
type Reported = z.output<typeof Reported>;

const BatchPhase = z.object({
  phase: z.literal('batch'),
  work: WorkList,
  reported: Reported.exactOptional(),
});

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
  const former = stored?.phase === 'batch' ? stored : undefined;
  const begun = resumeWork(former?.work, context.run, chunks.length);
  // A new run sends such a chunk again.
  const reported: Reported = former?.work.run === context.run ? { ...former.reported } : {};
  const checkpointOf = (work: WorkList): Checkpoint =>
    Object.keys(reported).length === 0
      ? { phase: 'batch', work }
      : { phase: 'batch', work, reported: { ...reported } };
  context.checkpointAt(checkpointOf(begun));
  const work = await workThrough(context, begun, {
    unit: 'calls',
    checkpointOf,
    async perform(chunk) {
      const devices = chunks[chunk] ?? [];
      const failures = await sendChunk(context, params, chunk, devices);
      if (failures === 0) return;
      if (failures < devices.length) reported[chunk] = failures;
      throw failuresReported(failures >= devices.length);
    },
  });
  const failure = findTotalFailure(work, chunks.length);
  if (failure && Object.keys(reported).length === 0) throw failure;
  return endOf(context, chunks, work, reported);
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

/** How many failures the answer reports. */
async function sendChunk(
  context: JobContext,
  { actions }: ServersBatchParams,
  chunk: number,
  devices: readonly number[],
): Promise<number> {
  const { body } = await context.call({
    operation: operations.batchServers,
    key: `chunk-${chunk}`,
    body: { devices: [...devices], actions },
  });
  const told = isJsonObject(body) ? body['failed_jobs'] : undefined;
  if (Array.isArray(told)) return told.length;
  const failures = Number(scalarText(told));
  return failures > 0 ? failures : 0;
}

const failuresReported = (all: boolean): ProviderError =>
  new ProviderError(
    'provider.rejected',
    all
      ? 'Automox took the call and reports that every device failed'
      : 'Automox took the call and reports that some of these devices failed, but not which',
  );

function endOf(context: JobContext, chunks: Chunks, work: WorkList, reported: Reported): JobEnd {
  const devices = chunks.flat().length;
  const failed = work.failed.map(({ items, code, problem }) => ({
    code,
    problem,
    devices: items.flatMap((chunk) => chunks[chunk] ?? []),
  }));
  const partly = Object.entries(reported).map(([chunk, failures]) => ({
    call: Number(chunk) + 1,
    failures,
    devices: chunks[Number(chunk)]?.length ?? 0,
  }));
  const data: Json = {
    chunks: chunks.length,
    devices,
    failed,
    ...(partly.length > 0 && { reported: partly }),
  };
  const refused =
    failed.flatMap((group) => group.devices).length - sum(partly.map((it) => it.devices));
  const did = context.observing ? 'would change' : 'asked Automox to change';
  const asked = `${did} the tags of ${count(devices - refused, 'device')}`;
  if (failed.length === 0) {
    return {
      status: 'succeeded',
      summary: `${asked} in ${count(chunks.length, 'call')}`,
      data,
    };
  }
  const troubles = [
    asked,
    ...(refused > 0 ? [`${count(refused, 'device')} refused`] : []),
    ...(partly.length > 0 ? [`${count(sum(Object.values(reported)), 'failure')} reported`] : []),
  ];
  return { status: 'partial', summary: troubles.join(', '), data };
}
