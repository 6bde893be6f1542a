/**
 * `opsramp.alert.create`: reports an event, and finds the alert that OpsRamp makes of it.
 *
 * OpsRamp folds events of one resource, service and component into one alert: an event that is sent
 * again after silence makes no second alert, it only counts there.
 */
import * as z from 'zod';
import { ProviderError } from '../../../errors/provider-error.ts';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { minutes, seconds } from '../../../kernel/duration.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json.ts';
import { AlertEvent } from '../operations/alerts.ts';
import { operations } from '../operations.ts';

export const AlertCreateParams = AlertEvent.refine(
  ({ device, resource }) => device !== undefined || resource !== undefined,
  { path: ['device'], error: 'must be given, or "resource" instead of it' },
);
export type AlertCreateParams = z.output<typeof AlertCreateParams>;

/** No time is documented within which an event has its alert. */
const FOUND_WITHIN_MS = minutes(10);
const LOOK_AGAIN_MS = seconds(20);

const Checkpoint = z.object({
  phase: z.literal('created'),
  run: z.int(),
  eventId: z.string(),
  untilMs: z.int(),
});
type Checkpoint = z.output<typeof Checkpoint>;

export const alertCreate: JobType<AlertCreateParams> = {
  type: 'opsramp.alert.create',
  provider: 'opsramp',
  description: 'Reports an event to OpsRamp and names the alert that comes of it.',
  params: AlertCreateParams,
  example: {
    serviceName: 'backup.nightly',
    currentState: 'CRITICAL',
    subject: 'The nightly backup failed',
    device: { hostName: 'srv-backup-01' },
    component: 'volume-d',
    app: 'Sluice',
  },
  budget: 'alerts.write',
  // CRITICAL and the OK that heals it must not change places.
  shards: 1,
  cost: {
    operations: [operations.createAlert, operations.getEventAlert],
    calls: 'one, and one each 20 s until the alert is there',
  },
  execute: createAlert,
};

async function createAlert(context: JobContext, params: AlertCreateParams): Promise<JobEnd> {
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  const at = stored?.run === context.run ? stored : await report(context, params);
  if (at === undefined) {
    return { status: 'succeeded', summary: `would report "${params.subject}"` };
  }
  const alert = await findAlert(context, at.eventId);
  if (!alert && at.eventId !== '' && context.nowMs() < at.untilMs) {
    context.comeBackAt(context.nowMs() + LOOK_AGAIN_MS);
  }
  if (!alert) context.warn('OpsRamp took the event and shows no alert of it yet');
  return {
    status: 'succeeded',
    summary: `reported "${params.subject}"`,
    data: { eventId: at.eventId, alertId: alert?.['uniqueId'] ?? null },
  };
}

/** Undefined where the job only observes. */
async function report(
  context: JobContext,
  params: AlertCreateParams,
): Promise<Checkpoint | undefined> {
  // Parsed from JSON, and without keys that are undefined.
  const body = JSON.parse(JSON.stringify(params)) as JsonObject;
  const answer = await context.call({ operation: operations.createAlert, key: 'report', body });
  if (answer.from === 'observed') return undefined;
  const untilMs = context.nowMs() + FOUND_WITHIN_MS;
  const eventId = parseEventId(answer.body);
  const at = { phase: 'created' as const, run: context.run, eventId, untilMs };
  context.checkpointAt(at);
  return at;
}

function parseEventId(body: Json): string {
  const [id] = Array.isArray(body) ? body : [];
  return typeof id === 'string' ? id : '';
}

/** Until OpsRamp has made the alert it is not found, by status or by code. */
async function findAlert(context: JobContext, eventId: string): Promise<JsonObject | undefined> {
  if (eventId === '') return undefined;
  const call = { operation: operations.getEventAlert, key: 'look', path: { eventId } };
  try {
    const { body } = await context.call(call);
    return isJsonObject(body) ? body : undefined;
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'provider.not-found') return undefined;
    throw error;
  }
}
