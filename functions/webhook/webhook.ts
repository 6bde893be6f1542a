/**
 * Takes webhooks: verifies the raw bytes, maps the payload to jobs, submits them.
 *
 * Guarantees: nothing unverified reaches a table or a queue; a delivery makes its jobs once, however
 * often it is sent; a delivery with one wrong job in it makes none.
 */
import { SluiceError, toSluiceError } from '../../shared/errors/sluice-error.ts';
import { JOB_BYTES_MAX } from '../../shared/jobs/job-request.ts';
import { parseJobRequest, parseJobText } from '../../shared/jobs/parse-job-request.ts';
import { rejectJob } from '../../shared/jobs/reject-job.ts';
import { type SubmitDeps, submitJob } from '../../shared/jobs/submit-job.ts';
import { isoInstant } from '../../shared/kernel/clock.ts';
import { sha256Hex } from '../../shared/kernel/ids.ts';
import type { JsonObject } from '../../shared/kernel/json.ts';
import type { Secret } from '../../shared/kernel/secret.ts';
import { type HttpAnswer, type HttpRequest, jsonAnswer } from '../../shared/lambda/http.ts';
import type { Route } from '../../shared/lambda/http-behaviour.ts';
import type { Log } from '../../shared/lambda/log.ts';
import { problemAnswer } from '../../shared/lambda/problem.ts';
import type { PayloadMapping } from '../../shared/webhooks/payload-mapping.ts';
import { safeHeaders } from '../../shared/webhooks/request-headers.ts';
import { verifyWebhook } from '../../shared/webhooks/verify-webhook.ts';
import type { WebhookScheme } from '../../shared/webhooks/webhook-scheme.ts';
import type { FunctionMetrics } from '../metrics.ts';

export interface WebhookSource {
  /** Absent: nobody knows how the sender signs, so every delivery is refused. */
  readonly scheme?: WebhookScheme;
  readonly mapping: PayloadMapping;
  /** Current and, during a rotation, previous. `fresh` asks the store again. */
  secrets(fresh: boolean): Promise<readonly Secret[]>;
}

export interface WebhookDeps extends SubmitDeps {
  readonly sources: Readonly<Record<string, WebhookSource>>;
  readonly log: Log;
  readonly metrics: FunctionMetrics;
}

export const createWebhookRoute =
  (deps: WebhookDeps): Route =>
  async (request) => {
    const name = request.path['source'] ?? '';
    const source = Object.hasOwn(deps.sources, name) ? deps.sources[name] : undefined;
    if (!source) throw new SluiceError('webhook.unknown-source', 'there is no such source');
    if (request.rawBody.byteLength > JOB_BYTES_MAX) {
      throw new SluiceError('request.too-large', `a webhook holds at most ${JOB_BYTES_MAX} bytes`);
    }
    const verified = await verify(deps, source, name, request);
    return submitAll(deps, source, { name, ...verified, request });
  };

async function verify(
  deps: WebhookDeps,
  source: WebhookSource,
  name: string,
  request: HttpRequest,
): Promise<Pick<VerifiedDelivery, 'deliveryId' | 'scheme'>> {
  const { scheme } = source;
  const refuse = (code: 'webhook.unauthenticated' | 'webhook.replayed', reason: string): never => {
    deps.metrics.add('SignatureRefusals', 1, { Source: name });
    deps.log.warn('a webhook was refused', { source: name, reason });
    throw new SluiceError(code, 'the signature does not hold, or is too old');
  };
  if (!scheme) return refuse('webhook.unauthenticated', 'the source has no signature scheme');
  const attempt = {
    scheme,
    headers: request.headers,
    rawBody: request.rawBody,
    nowMs: deps.clock.nowMs(),
  };
  const held = verifyWebhook({ ...attempt, secrets: await source.secrets(false) });
  const verdict = held.verified
    ? held
    : verifyWebhook({ ...attempt, secrets: await source.secrets(true) });
  if (!verdict.verified) return refuse(verdict.code, verdict.reason);
  return { deliveryId: verdict.deliveryId, scheme };
}

interface VerifiedDelivery {
  readonly name: string;
  readonly deliveryId: string;
  readonly scheme: WebhookScheme;
  readonly request: HttpRequest;
}

async function submitAll(
  deps: WebhookDeps,
  source: WebhookSource,
  delivery: VerifiedDelivery,
): Promise<HttpAnswer> {
  const { name, deliveryId, request } = delivery;
  const origin = { way: 'webhook', detail: name } as const;
  let input: unknown = Buffer.from(request.rawBody).toString('utf8');
  try {
    const mapped = await mapPayload(deps, source, delivery, String(input));
    for (const { message } of mapped) {
      input = message;
      parseJobRequest(message, deps, deps.clock.nowMs());
    }
    const jobs = [];
    for (const { message, bodyHash } of mapped) {
      input = message;
      const { job, duplicate } = await submitJob(deps, message, origin, bodyHash);
      deps.metrics.add('JobsAccepted', duplicate ? 0 : 1, { Way: 'webhook' });
      jobs.push({ id: job.id, status: job.status, duplicate });
    }
    return jsonAnswer(202, { deliveryId, jobs });
  } catch (error) {
    const known = toSluiceError(error);
    if (known.code === 'lane.full') deps.metrics.add('JobsPutOff', 1, { Way: 'webhook' });
    if (known.disposition !== 'answer') throw error;
    deps.metrics.add('JobsRejected', 1, { Way: 'webhook' });
    const row = await rejectJob(deps.store, input, origin, known, deps.clock.nowMs());
    return problemAnswer(known, { requestId: request.requestId, jobId: row.id });
  }
}

interface MappedJob {
  readonly message: JsonObject;
  /** What makes two deliveries of one id the same: their bytes. */
  readonly bodyHash?: string;
}

/**
 * The job messages of a delivery, each with a key of its own unless the mapping gave one: then the
 * message itself is what has to be the same.
 */
async function mapPayload(
  deps: WebhookDeps,
  source: WebhookSource,
  { name, deliveryId, scheme, request }: VerifiedDelivery,
  text: string,
): Promise<readonly MappedJob[]> {
  const messages = await source.mapping.map({
    payload: parseJobText(text) as JsonObject,
    headers: safeHeaders(request.headers, scheme),
    source: name,
    deliveryId,
    receivedAt: isoInstant(deps.clock.nowMs()),
  });
  const id = deliveryId.length <= DELIVERY_ID_CHARS_MAX ? deliveryId : sha256Hex(deliveryId);
  const bodyHash = sha256Hex(request.rawBody);
  return messages.map((message, index) => {
    if (message['idempotencyKey'] !== undefined) return { message };
    return { message: { ...message, idempotencyKey: `webhook:${name}:${id}:${index}` }, bodyHash };
  });
}

/** Leaves room in an idempotency key for the source's name and the job's number. */
const DELIVERY_ID_CHARS_MAX = 160;
