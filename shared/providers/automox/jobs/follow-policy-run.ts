/**
 * What became of a run of a policy. The start of a run is answered without an id, so its run is the
 * first of the policy that the history did not have before.
 *
 * source: 'Automox console API, observed': GET /policy-history/policy-runs takes the UUID of the
 * organization and ignores every other filter.
 */
import * as z from 'zod';
import type { JobContext, JobEnd } from '../../../jobs/job-type.ts';
import { minutes } from '../../../kernel/duration.ts';
import {
  isJsonObject,
  type Json,
  type JsonObject,
  scalarText,
  stringifyJson,
} from '../../../kernel/json.ts';
import { listPages } from '../list-pages.ts';
import { operations } from '../operations.ts';
import { findInstantMs } from '../vendor-instant.ts';
import { getOrganizationUuid } from './organization-uuid.ts';

export const Follow = z.object({
  run: z.int(),
  orgUuid: z.string(),
  /** The policy's last run before this job's. */
  afterMs: z.number(),
  /** When the run was started, as far as this run of the job knows; null before. */
  sinceMs: z.number().nullable(),
  looks: z.int(),
});
export type Follow = z.output<typeof Follow>;

export interface Followed {
  readonly policyId: number;
  readonly forMinutes: number;
  readonly keep: (follow: Follow) => void;
}

const FIRST_LOOK_MS = minutes(1);
const LOOK_MAX_MS = minutes(15);

/** Before the run is started. */
export async function beginFollow(context: JobContext, policyId: number): Promise<Follow> {
  const orgUuid = await getOrganizationUuid(context);
  const before = await listRuns(context, { orgUuid, policyId, key: 'before' });
  const afterMs = before.reduce((last, { atMs }) => Math.max(last, atMs), 0);
  return { run: context.run, orgUuid, afterMs, sinceMs: null, looks: 0 };
}

/** Ends with the results, or without them when the time is up; comes back later until then. */
export async function followRun(
  context: JobContext,
  { policyId, forMinutes, keep }: Followed,
  stored: Follow,
): Promise<JobEnd> {
  // A retry looks once more, and for as long again.
  const begins = stored.sinceMs === null || stored.run !== context.run;
  const sinceMs = begins ? context.nowMs() : (stored.sinceMs ?? 0);
  const looks = begins ? 0 : stored.looks;
  const endsAtMs = sinceMs + minutes(forMinutes);
  const row = await findRun(context, policyId, stored, looks);
  const pending = row === undefined ? undefined : countOf(row, 'pending');
  if (pending !== 0 && context.nowMs() < endsAtMs) {
    keep({ ...stored, run: context.run, sinceMs, looks: looks + 1 });
    const waitMs = Math.min(LOOK_MAX_MS, FIRST_LOOK_MS * 2 ** looks);
    context.comeBackAt(Math.min(context.nowMs() + waitMs, endsAtMs));
  }
  return endOf(policyId, row);
}

async function findRun(
  context: JobContext,
  policyId: number,
  { orgUuid, afterMs }: Follow,
  looks: number,
): Promise<JsonObject | undefined> {
  const runs = await listRuns(context, { orgUuid, policyId, key: `look-${looks}` });
  const newer = runs.filter(({ atMs }) => atMs > afterMs).sort((a, b) => a.atMs - b.atMs);
  return newer[0]?.row;
}

async function listRuns(
  context: JobContext,
  { orgUuid, policyId, key }: { orgUuid: string; policyId: number; key: string },
): Promise<{ readonly atMs: number; readonly row: JsonObject }[]> {
  const found: { atMs: number; row: JsonObject }[] = [];
  // Without an id a page that comes again, where the page is ignored as well, would have no end.
  const idOf = (row: Json) => stringifyJson(row);
  const list = { operation: operations.listPolicyRuns, key, query: { org: orgUuid }, idOf };
  for await (const { rows } of listPages(context, list)) {
    for (const row of rows.filter(isJsonObject)) {
      const atMs = findInstantMs(row['run_time']);
      if (row['policy_id'] === policyId && atMs !== undefined) found.push({ atMs, row });
    }
  }
  return found;
}

const OUTCOMES = [
  'success',
  'failed',
  'pending',
  'not_included',
  'remediation_not_applicable',
  'blocked',
] as const;

function endOf(policyId: number, row: JsonObject | undefined): JobEnd {
  if (!row) {
    const summary = `started policy ${policyId}; Automox shows no run of it yet`;
    return { status: 'partial', summary, data: { policyId, results: null } };
  }
  const results = Object.fromEntries(OUTCOMES.map((name) => [name, countOf(row, name)]));
  const { success = 0, failed = 0, pending = 0, blocked = 0 } = results;
  const summary = `ran policy ${policyId}: ${success} succeeded, ${failed} failed, ${pending} pending`;
  const complete = failed + pending + blocked === 0;
  return { status: complete ? 'succeeded' : 'partial', summary, data: { policyId, results } };
}

const countOf = (row: JsonObject, name: string): number => {
  const value = Number(scalarText(row[name]));
  return Number.isSafeInteger(value) ? value : 0;
};
