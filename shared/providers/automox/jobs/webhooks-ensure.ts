/**
 * `automox.webhooks.ensure`: Automox shall send events to this URL, and the source that takes them
 * shall know the secret that they are signed with.
 *
 * Guarantees: never two webhooks for one job; one that is so already is not written; success means that
 * the source keeps a secret of this webhook, which Automox shows once: one that was lost on the way is
 * replaced by a rotation. No secret is in a row, a result or an event.
 */
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { operations } from '../operations.ts';
import { getOrganizationUuid } from './organization-uuid.ts';
import { Checkpoint, WebhooksEnsureParams } from './webhook-params.ts';
import { ensurePresent, type Presence } from './webhook-presence.ts';
import { ensureSecret, type Upkeep } from './webhook-secret.ts';

export const webhooksEnsure: JobType<WebhooksEnsureParams> = {
  type: 'automox.webhooks.ensure',
  provider: 'automox',
  description: 'Makes Automox send events to a webhook source, and keeps their secret there.',
  params: WebhooksEnsureParams,
  example: {
    name: 'Sluice',
    url: 'https://hooks.example.com/webhooks/patching',
    eventTypes: ['policy.compliant', 'policy.non_compliant'],
    source: 'patching',
  },
  budget: 'account',
  // Two of one name at once would both find it free, and each rotation kills the other's secret.
  shards: 1,
  oneAtATime: true,
  cost: {
    operations: [
      operations.listOrganizations,
      operations.listWebhooks,
      operations.createWebhook,
      operations.updateWebhook,
      operations.rotateWebhookSecret,
    ],
    calls: 'two lists, and one for each thing that changes',
  },
  keepsSourceSecrets: true,
  execute: ensureWebhook,
};

async function ensureWebhook(context: JobContext, params: WebhooksEnsureParams): Promise<JobEnd> {
  // First of all: a source of somebody else is refused before anything is sent.
  const kept = await context.sourceSecrets.find(params.source);
  const checkpoint = parseCheckpoint(Checkpoint, context.checkpoint);
  // A run that starts over looks anew: what it finds tells more than what the one before planned.
  const stored = checkpoint?.run === context.run ? checkpoint : undefined;
  if (!new URL(params.url).pathname.endsWith(`/webhooks/${params.source}`)) {
    context.warn(`the url does not end in /webhooks/${params.source}, the path of the source`);
  }
  const orgUuid = await getOrganizationUuid(context);
  const presence = await ensurePresent(context, { orgUuid, params, kept, stored });
  const upkeep = await ensureSecret(context, { orgUuid, params, kept, stored }, presence);
  return endOf(context, params, presence, upkeep);
}

function endOf(
  { observing }: JobContext,
  { name, source }: WebhooksEnsureParams,
  { webhookId, created, changed }: Presence,
  { rotated, overlapEnded }: Upkeep,
): JobEnd {
  const deeds = [
    ...(created ? [observing ? 'create it' : 'created it'] : []),
    ...(changed.length > 0 ? [`${observing ? 'change' : 'changed'} ${changed.join(', ')}`] : []),
    ...(rotated ? [`${observing ? 'rotate' : 'rotated'} its secret`] : []),
    ...(overlapEnded ? [`${observing ? 'end' : 'ended'} the overlap of "${source}"`] : []),
  ];
  const what = deeds.length === 0 ? 'is so already' : deeds.join('; ');
  const summary = `the webhook "${name}"${deeds.length === 0 ? '' : observing ? ': would' : ':'} ${what}`;
  return {
    status: 'succeeded',
    summary,
    data: { webhookId: webhookId ?? null, source, created, changed, rotated, overlapEnded },
  };
}
