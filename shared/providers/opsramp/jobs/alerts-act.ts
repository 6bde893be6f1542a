/**
 * `opsramp.alerts.act`: acknowledges, suppresses, closes or heals alerts, one call each.
 *
 * Guarantees: alerts that `select` chooses are chosen once; an alert whose call was answered is not
 * called again, one that is in the wanted state counts as done, and one that is refused stops no other.
 */
import * as z from 'zod';
import { ProviderError } from '../../../errors/provider-error.ts';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import { count } from '../../../jobs/count.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { SelectPhase, type Targets } from '../../../jobs/select-targets.ts';
import { failedItems, findTotalFailure, resumeWork, WorkList } from '../../../jobs/work-list.ts';
import { workThrough } from '../../../jobs/work-through.ts';
import { isJsonObject } from '../../../kernel/json.ts';
import { alertSelectionFields } from '../alert-selection.ts';
import { requestsAMinute } from '../limits.ts';
import { alertActions } from '../operations/alerts.ts';
import { Id } from '../operations/rows.ts';
import { operations } from '../operations.ts';
import { tenantOf } from '../tenant.ts';
import { hasReached, toldActions } from './alert-actions.ts';
import { getTargets, selectTargets, TARGETS_MAX } from './alert-targets.ts';

const Select = z
  .strictObject(alertSelectionFields)
  .refine(
    (select) => Object.values(select).some((value) => value !== undefined),
    'must name at least one condition',
  );

export const AlertsActParams = z
  .strictObject({
    action: z.enum(alertActions).describe('What is done to each.'),
    description: z.string().min(1).max(2_000).describe('The comment that the alert then carries.'),
    alerts: z
      .array(Id)
      .min(1)
      .max(TARGETS_MAX)
      .optional()
      .describe('Ids of alerts; one that is listed twice is called once.'),
    select: Select.optional().describe('Or: the alerts for which all of this holds.'),
  })
  .refine(({ alerts, select }) => (alerts === undefined) !== (select === undefined), {
    path: ['alerts'],
    error: 'must be given, or "select" instead of it, but not both',
  });
export type AlertsActParams = z.output<typeof AlertsActParams>;

const ActPhase = z.object({ phase: z.literal('act'), work: WorkList });

const Checkpoint = z.discriminatedUnion('phase', [SelectPhase, ActPhase]);
type Checkpoint = z.output<typeof Checkpoint>;

export const alertsAct: JobType<AlertsActParams> = {
  type: 'opsramp.alerts.act',
  provider: 'opsramp',
  description: 'Acknowledges, suppresses, closes or heals listed alerts, or those of a query.',
  params: AlertsActParams,
  example: {
    action: 'acknowledge',
    description: 'Known: the storage team is on it',
    select: { states: ['CRITICAL'], serviceName: 'storage.latency', acknowledged: false },
  },
  budget: 'alerts.write',
  // To close an alert and then to heal it must not become the other way round.
  shards: 1,
  cost: {
    operations: [operations.searchAlerts, operations.actOnAlert, operations.getAlert],
    calls:
      'one for each alert; for select one for each 500 that OpsRamp lists; one to read each that is refused',
  },
  execute: actOnAlerts,
};

async function actOnAlerts(context: JobContext, params: AlertsActParams): Promise<JobEnd> {
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  const targets = await targetsOf(context, params, stored);
  const { targets: ids } = targets;
  const former = stored?.phase === 'act' ? stored.work : undefined;
  const begun = resumeWork(former, context.run, ids.length);
  const checkpointOf = (work: WorkList): Checkpoint => ({ phase: 'act', work });
  context.checkpointAt(checkpointOf(begun));
  const work = await workThrough(context, begun, {
    unit: 'alerts',
    itemsAMinute: requestsAMinute('alerts.write', tenantOf(context.account).scope),
    checkpointOf,
    perform: (item) => actOn(context, params, ids[item] ?? ''),
  });
  const failure = findTotalFailure(work, ids.length);
  if (failure) throw failure;
  return endOf(context, params, targets, work);
}

async function targetsOf(
  context: JobContext,
  { alerts, select = {}, action }: AlertsActParams,
  stored: Checkpoint | undefined,
): Promise<Targets<string>> {
  if (alerts) return { targets: [...new Set(alerts.map(String))], leftOut: 0 };
  return stored?.phase === 'act'
    ? getTargets(context)
    : selectTargets(context, select, action, stored);
}

/** What is refused may be refused because it is done already: the alert itself tells. */
async function actOn(
  context: JobContext,
  { action, description }: AlertsActParams,
  id: string,
): Promise<void> {
  const path = { id, action };
  const call = {
    operation: operations.actOnAlert,
    key: `alert-${id}`,
    path,
    body: { description },
  };
  try {
    await context.call(call);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.code !== 'provider.conflict' && error.code !== 'provider.rejected') throw error;
    const look = { operation: operations.getAlert, key: `look-${id}`, path: { id } };
    const { body } = await context.call(look);
    if (!isJsonObject(body) || !hasReached(action, body)) throw error;
  }
}

function endOf(
  { observing }: JobContext,
  { action }: AlertsActParams,
  { targets: ids, leftOut: reached }: Targets<string>,
  work: WorkList,
): JobEnd {
  const failed = work.failed.map(({ items, code, problem }) => ({
    code,
    problem,
    alerts: items.flatMap((item) => ids[item] ?? []),
  }));
  const refused = failedItems(work).length;
  const { done, verb } = toldActions[action];
  const summary = [
    `${observing ? `would ${verb}` : done} ${count(ids.length - refused, 'alert')}`,
    ...(reached > 0 ? [`${reached} were so already`] : []),
    ...(refused > 0 ? [`${refused} refused`] : []),
  ].join(', ');
  const data = { action, alerts: ids.length, reached, failed };
  return { status: refused === 0 ? 'succeeded' : 'partial', summary, data };
}
