/** The webhook itself: found by its name, created, or changed where it differs. */
import type { WebhookSecret } from '../../../config/webhook-secret.ts';
import { ProviderError } from '../../../errors/provider-error.ts';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { cursorPages, walkPages } from '../../../http/pagination.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json.ts';
import type { Secret } from '../../../kernel/secret.ts';
import { operations } from '../operations.ts';
import type { Checkpoint, WebhooksEnsureParams } from './webhook-params.ts';

/** source: 'Automox console API, observed': webhooks of one organization. */
const WEBHOOKS_MAX = 5;

export interface Wanted {
  readonly orgUuid: string;
  readonly params: WebhooksEnsureParams;
  /** What the source keeps as the delivery begins. */
  readonly kept: WebhookSecret | undefined;
  readonly stored: Checkpoint | undefined;
}

export interface Presence {
  /** Undefined where a job that observes would create it. */
  readonly webhookId: string | undefined;
  readonly created: boolean;
  readonly changed: readonly string[];
  /** What the create was answered with, where the answer came. */
  readonly issued?: Secret;
}

export async function ensurePresent(context: JobContext, wanted: Wanted): Promise<Presence> {
  const { params, kept, stored } = wanted;
  if (stored?.phase === 'creating') return create(context, wanted);
  const all = await listWebhooks(context, wanted, 'before');
  const existing = theOneNamed(all, params.name);
  assertSourceFree(all, params, kept);
  if (existing) return bringInLine(context, wanted, existing);
  if (stored?.created) throw notListed(params.name);
  if (all.length >= WEBHOOKS_MAX) {
    throw new SluiceError(
      'job.refused',
      `the organization has ${all.length} webhooks and Automox allows ${WEBHOOKS_MAX}: delete one at Automox first`,
    );
  }
  return create(context, wanted);
}

async function create(context: JobContext, wanted: Wanted): Promise<Presence> {
  const { orgUuid, params } = wanted;
  const { name, url, eventTypes } = params;
  const { run } = context;
  const at = { run, created: false, changed: [] };
  context.checkpointAt({ ...at, phase: 'creating' } satisfies Checkpoint);
  const find = async (key: string) => theOneNamed(await listWebhooks(context, wanted, key), name);
  const answer = await context.call(
    {
      operation: operations.createWebhook,
      key: 'create',
      path: { orgUuid },
      body: { name, url, eventTypes },
    },
    async () => (await find('look')) !== undefined,
  );
  if (answer.from === 'observed') return { webhookId: undefined, created: true, changed: [] };
  context.checkpointAt({ ...at, phase: 'created', created: true } satisfies Checkpoint);
  const webhookId = idOf(answered(answer.body)) ?? idOf(await find('after'));
  if (webhookId === undefined) throw notListed(name);
  const issued = answer.sealed?.['secret'];
  return { webhookId, created: true, changed: [], ...(issued && { issued }) };
}

async function bringInLine(
  context: JobContext,
  { orgUuid, params, stored }: Wanted,
  existing: JsonObject,
): Promise<Presence> {
  const webhookId = idOf(existing);
  if (webhookId === undefined) throw malformed('lists a webhook without an id');
  if (existing['enabled'] === false) context.warn('the webhook is disabled at Automox');
  const created = stored?.created ?? false;
  if (stored?.phase === 'rotating') return { webhookId, created, changed: stored.changed };
  const change = differences(existing, params);
  const names = Object.keys(change);
  if (names.length > 0) {
    const { run } = context;
    context.checkpointAt({ run, phase: 'updating', created, changed: names } satisfies Checkpoint);
    await context.call({
      operation: operations.updateWebhook,
      key: 'update',
      path: { orgUuid, id: webhookId },
      body: change,
    });
  }
  // In line after a write without an answer: this job's own doing.
  const changed = names.length > 0 ? names : (stored?.changed ?? []);
  return { webhookId, created, changed };
}

/** What has to be sent; the order of event types says nothing. */
function differences(existing: JsonObject, { url, eventTypes }: WebhooksEnsureParams): JsonObject {
  const sorted = (list: Json | undefined): string =>
    Array.isArray(list) ? [...new Set(list.map(String))].sort().join() : '';
  return {
    ...(existing['url'] === url ? {} : { url }),
    ...(sorted(existing['eventTypes']) === sorted(eventTypes) ? {} : { eventTypes }),
  };
}

/** All pages: a name may be on any of them. */
async function listWebhooks(
  context: JobContext,
  { orgUuid }: Wanted,
  key: string,
): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  let page = 0;
  const pages = walkPages({
    style: cursorPages('nextCursor'),
    async fetchPage(cursor) {
      const call = { operation: operations.listWebhooks, key: `${key}-${page}`, path: { orgUuid } };
      page += 1;
      return (await context.call({ ...call, query: { cursor: cursor || undefined } })).body;
    },
  });
  for await (const { rows } of pages) found.push(...rows.filter(isJsonObject));
  return found;
}

/** Throws `job.refused` where Automox has two of that name: which one is meant, nobody could say. */
function theOneNamed(all: readonly JsonObject[], name: string): JsonObject | undefined {
  const [first, ...others] = all.filter((row) => row['name'] === name);
  if (others.length === 0) return first;
  const problem = `is the name of ${others.length + 1} webhooks: rename or delete all but one`;
  throw new SluiceError('job.refused', `params.name ${problem}`, {
    fields: [{ field: 'params.name', problem }],
  });
}

/** Two webhooks that share a source would take its secret from one another for ever. */
function assertSourceFree(
  all: readonly JsonObject[],
  { name }: WebhooksEnsureParams,
  kept: WebhookSecret | undefined,
): void {
  const owner = all.find((row) => kept?.webhookId !== undefined && idOf(row) === kept.webhookId);
  if (!owner || owner['name'] === name) return;
  const problem =
    `keeps the secret of another webhook, "${owner['name']}": ` +
    'name a source of its own, or delete that webhook at Automox';
  throw new SluiceError('job.refused', `params.source ${problem}`, {
    fields: [{ field: 'params.source', problem }],
  });
}

/** The new webhook, in an envelope or not. */
const answered = (body: Json): JsonObject | undefined => {
  const data = isJsonObject(body) ? (body['data'] ?? body) : undefined;
  return isJsonObject(data) ? data : undefined;
};

function idOf(row: JsonObject | undefined): string | undefined {
  const id = row?.['id'];
  return typeof id === 'string' || typeof id === 'number' || typeof id === 'bigint'
    ? String(id)
    : undefined;
}

const malformed = (what: string): ProviderError =>
  new ProviderError('provider.malformed-answer', `Automox ${what}`);

const notListed = (name: string): ProviderError =>
  malformed(`created the webhook "${name}" and does not list it`);
