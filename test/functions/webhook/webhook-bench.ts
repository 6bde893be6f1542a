import { webhookRoutes } from '../../../functions/webhook/contract.ts';
import { createWebhookRoute, type WebhookSource } from '../../../functions/webhook/webhook.ts';
import { seconds } from '../../../shared/kernel/duration.ts';
import { createHttpBehaviour } from '../../../shared/lambda/http-behaviour.ts';
import { createPayloadMapping } from '../../../shared/webhooks/payload-mapping.ts';
import { createEngine } from '../../shared/jobs/engine.ts';
import { STEP_TYPE } from '../../shared/jobs/step-type.ts';
import { httpEvent } from '../../shared/lambda/http-events.ts';
import { createMemoryLog } from '../../shared/lambda/log-lines.ts';
import { type Sender, standardWebhooks } from '../../shared/webhooks/signing.ts';
import { createMeasuredMetrics } from '../metric-lines.ts';

const [{ route: ROUTE }] = webhookRoutes;

/** One job for the devices that the payload names. */
export const oneJob = `{
  "type": "${STEP_TYPE}", "account": "acme", "params": { "devices": payload.ids }
}`;

/** One job for each item of the payload. */
export const manyJobs = `payload.items.{
  "type": "${STEP_TYPE}", "account": "acme", "params": { "devices": [$] }
}`;

export interface WebhookBenchOptions {
  readonly sender?: Sender;
  readonly mapping?: string;
  readonly secrets?: WebhookSource['secrets'];
  readonly source?: string;
  /** The config does not say how the sender signs. */
  readonly schemeless?: true;
  readonly engine?: ReturnType<typeof createEngine>;
}

export interface Posted {
  readonly status: number | undefined;
  readonly body: { readonly [field: string]: unknown };
}

/** The webhook function on memory adapters, with one source. */
export function createWebhookBench(options: WebhookBenchOptions = {}) {
  const { sender = standardWebhooks, mapping = oneJob, source = 'hook' } = options;
  const engine = options.engine ?? createEngine();
  const log = createMemoryLog();
  const measured = createMeasuredMetrics();
  const secrets = options.secrets ?? (async () => [sender.secret]);
  const sources = {
    [source]: {
      ...(options.schemeless ? {} : { scheme: sender.scheme }),
      mapping: createPayloadMapping(mapping),
      secrets,
    },
  };
  const route = createWebhookRoute({ ...engine.deps, sources, log, metrics: measured.metrics });
  const behaviour = createHttpBehaviour({ [ROUTE]: route }, log);
  const sign = (body: string | Uint8Array, awayMs = 0): Record<string, string> => {
    const timestamp = `${Math.floor((engine.clock.nowMs() + awayMs) / seconds(1))}`;
    return sender.headersFor(Buffer.from(body), timestamp);
  };
  return {
    engine,
    log,
    valuesOf: measured.valuesOf,
    sign,
    async post(
      body: string | Uint8Array,
      headers: Record<string, string> = sign(body),
      to = source,
    ): Promise<Posted> {
      const result = await behaviour(httpEvent(ROUTE, { path: { source: to }, headers, body }));
      return { status: result.statusCode, body: JSON.parse(String(result.body)) };
    },
    rows: async () => (await engine.store.list({ limit: 200 })).jobs,
  };
}
