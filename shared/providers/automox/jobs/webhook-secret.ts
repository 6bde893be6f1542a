/**
 * The secret of a webhook, from the one answer that shows it to where the source looks for it.
 *
 * What the source keeps names the webhook only while its secret is known to be the present one: before
 * a rotation is sent the name is taken away, and it comes back with the new secret. So whoever finds
 * the name may rely on it, and whoever does not find it rotates, in this job or in any later one.
 */
import { ProviderError } from '../../../errors/provider-error.ts';
import type { JobContext, VendorAnswer } from '../../../jobs/job-type.ts';
import type { Secret } from '../../../kernel/secret.ts';
import { operations } from '../operations.ts';
import type { Checkpoint } from './webhook-params.ts';
import type { Presence, Wanted } from './webhook-presence.ts';

export interface Upkeep {
  readonly rotated: boolean;
  readonly overlapEnded: boolean;
}

const NOTHING: Upkeep = { rotated: false, overlapEnded: false };

export async function ensureSecret(
  context: JobContext,
  wanted: Wanted,
  { webhookId, created, changed, issued }: Presence,
): Promise<Upkeep> {
  if (webhookId === undefined) return NOTHING;
  const { params, kept, stored } = wanted;
  if (issued) {
    await keepIssued(context, wanted, webhookId, issued);
    return NOTHING;
  }
  const known = kept?.webhookId === webhookId;
  const rotating = stored?.phase === 'rotating';
  if (!known || (params.rotate && !created && !rotating)) {
    if (!known && !rotating) {
      context.warn('the source did not keep a secret of this webhook, so it is rotated');
    }
    const at = { run: context.run, created, changed: [...changed] };
    await rotate(context, wanted, webhookId, { ...at, phase: 'rotating' });
    return { rotated: true, overlapEnded: false };
  }
  return { rotated: rotating, overlapEnded: rotating ? false : await endOverlap(context, wanted) };
}

async function rotate(
  context: JobContext,
  wanted: Wanted,
  webhookId: string,
  checkpoint: Checkpoint,
): Promise<void> {
  const { sourceSecrets, observing } = context;
  const { orgUuid, params, kept, stored } = wanted;
  const named = observing || kept?.webhookId === undefined ? undefined : kept;
  if (named) {
    const { webhookId: _unsure, ...rest } = named;
    await sourceSecrets.keep(params.source, rest);
  }
  context.checkpointAt(checkpoint);
  const path = { orgUuid, id: webhookId };
  const call = { operation: operations.rotateWebhookSecret, key: 'rotate', path };
  const isKept = async () => (await sourceSecrets.find(params.source))?.webhookId === webhookId;
  let answer: VendorAnswer;
  try {
    answer = await context.call(call, isKept);
  } catch (error) {
    // Refused the first time it was sent: the secret is still the one that it was.
    const untouched = stored?.phase !== 'rotating' && isRefusal(error);
    if (untouched && named) await sourceSecrets.keep(params.source, named);
    throw error;
  }
  if (answer.from !== 'wire') return;
  const issued = answer.sealed?.['secret'];
  if (!issued) {
    throw new ProviderError(
      'provider.malformed-answer',
      `Automox answered ${answer.status} to webhooks.secret.rotate without a secret`,
    );
  }
  await keepIssued(context, wanted, webhookId, issued);
}

const isRefusal = (error: unknown): boolean =>
  error instanceof ProviderError && error.disposition === 'park';

/** Deliveries that were signed before still verify: what the source kept is the previous one now. */
const keepIssued = (
  { sourceSecrets }: JobContext,
  { params, kept }: Wanted,
  webhookId: string,
  secret: Secret,
): Promise<void> =>
  sourceSecrets.keep(params.source, {
    secret,
    webhookId,
    ...(kept && { previous: kept.secret }),
  });

async function endOverlap(
  { sourceSecrets, observing }: JobContext,
  { params, kept }: Wanted,
): Promise<boolean> {
  if (!params.endOverlap || kept?.previous === undefined) return false;
  const { previous: _ended, ...rest } = kept;
  if (!observing) await sourceSecrets.keep(params.source, rest);
  return true;
}
