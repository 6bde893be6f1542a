/** The ways in, each as the real function behind the event that AWS gives it, with its bill. */
import { createHmac } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2, SQSRecord } from 'aws-lambda';
import { createApiRoutes } from '../../functions/api/api.ts';
import { apiContract } from '../../functions/api/contract.ts';
import { intakeContract } from '../../functions/intake/contract.ts';
import { createIntake } from '../../functions/intake/intake.ts';
import { webhookContract, webhookRoutes } from '../../functions/webhook/contract.ts';
import { createSecrets } from '../../functions/webhook/sources.ts';
import { createWebhookRoute } from '../../functions/webhook/webhook.ts';
import type { FunctionContract } from '../../shared/config/function-contract.ts';
import { parseConfig } from '../../shared/config/sluice-config.ts';
import { createSecretCache } from '../../shared/http/secret-cache.ts';
import { createAdmission } from '../../shared/jobs/admission.ts';
import { createBacklog } from '../../shared/jobs/backlog.ts';
import type { WayIn } from '../../shared/jobs/job.ts';
import { invariant } from '../../shared/kernel/invariant.ts';
import { createHttpBehaviour, type Route } from '../../shared/lambda/http-behaviour.ts';
import { listBudgets } from '../../shared/providers/list-budgets.ts';
import { createPayloadMapping } from '../../shared/webhooks/payload-mapping.ts';
import { WebhookScheme } from '../../shared/webhooks/webhook-scheme.ts';
import { createMemoryResultStore } from '../../test/support/memory/memory-result-store.ts';
import { createRotatingSecret } from '../../test/support/rotating-secret.ts';
import { delayed } from '../../test/support/scenario/delayed.ts';
import { ACCOUNT } from '../../test/support/scenario/scenario-vendor.ts';
import { createStoreMeter } from '../compare/virtual/store-meter.ts';
import { createFunctionMeter } from './function-meter.ts';
import { httpEvent, sqsRecord } from './lambda-events.ts';
import type { Bill, MeteredDeployment } from './metered-deployment.ts';
import { meterQueue } from './metered-ports.ts';
import { createUsage } from './usage.ts';

export interface Entrance {
  readonly bill: Bill;
  /** How often it read a secret so far. */
  secretReads(): number;
  enter(message: Message, index: number): Promise<void>;
}

export interface Message {
  readonly type: string;
  readonly params: object;
}

/** As for the workers' stores. */
const CALL_MS = 4;

export const waysIn = ['http', 'webhook', 'queue', 'schedule', 'event'] as const satisfies WayIn[];

export function openEntrance(way: WayIn, deployment: MeteredDeployment): Entrance {
  const bill: Bill = { usage: createUsage(), meter: createStoreMeter() };
  switch (way) {
    case 'http':
      return openApi(deployment, bill);
    case 'webhook':
      return openWebhook(deployment, bill);
    case 'queue':
    case 'schedule':
    case 'event':
      return openIntake(way, deployment, bill);
  }
}

/** What every function that takes jobs has, with meters at it. */
function submitting({ control, lane, clock, account }: MeteredDeployment, { usage, meter }: Bill) {
  const config = parseConfig({ accounts: { [ACCOUNT]: account } });
  const store = meter.around(delayed(control.store, clock, CALL_MS));
  const counter = {
    async count() {
      usage.add('fifoQueueRequests');
      return lane.backlog();
    },
  };
  const budgets = listBudgets(config);
  const backlog = createBacklog({ counter, clock });
  return {
    ...control,
    store,
    queue: meterQueue(delayed(control.queue, clock, CALL_MS), usage),
    budgets,
    admit: createAdmission({ backlog, budgets, store, clock }),
  };
}

const meterOf = (
  { name, memoryMb }: FunctionContract,
  { clock, series }: MeteredDeployment,
  { usage }: Bill,
) => createFunctionMeter({ name, memoryMb, clock, usage, series });

function openApi(deployment: MeteredDeployment, bill: Bill): Entrance {
  const { metrics, log, handle } = meterOf(apiContract, deployment, bill);
  const routes = createApiRoutes({
    ...submitting(deployment, bill),
    limiter: deployment.limiter,
    results: createMemoryResultStore(),
    metrics,
  });
  const handler = handle(createHttpBehaviour(routes, log));
  return {
    bill,
    secretReads: () => 0,
    async enter({ type, params }) {
      bill.usage.add('httpRequests');
      const body = JSON.stringify({ type, account: ACCOUNT, params });
      accepted(await handler(httpEvent('POST', '/jobs', { body })));
    },
  };
}

const SECRET = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** Hands the job through as the payload names it. */
const MAPPING = '{ "type": payload.type, "account": payload.account, "params": payload.params }';

function openWebhook(deployment: MeteredDeployment, bill: Bill): Entrance {
  const { clock } = deployment;
  const { metrics, log, handle } = meterOf(webhookContract, deployment, bill);
  const kept = createRotatingSecret({ secret: `whsec_${SECRET}` });
  const cache = createSecretCache({ source: kept, clock });
  const tagging = {
    scheme: WebhookScheme.parse('standard-webhooks'),
    mapping: createPayloadMapping(MAPPING),
    secrets: createSecrets(cache, 'sluice/webhooks/tagging', clock),
  };
  const sources = { tagging };
  const route: Route = createWebhookRoute({
    ...submitting(deployment, bill),
    sources,
    log,
    metrics,
  });
  const [{ route: named }] = webhookRoutes;
  const handler = handle(createHttpBehaviour({ [named]: route }, log));
  return {
    bill,
    secretReads: () => kept.reads,
    async enter({ type, params }, index) {
      bill.usage.add('httpRequests');
      const body = JSON.stringify({ type, account: ACCOUNT, params });
      const headers = signed(body, `msg_${index}`, Math.floor(clock.nowMs() / 1_000));
      const path = { route: named, path: { source: 'tagging' } };
      accepted(await handler(httpEvent('POST', '/webhooks/tagging', { body, headers, ...path })));
    },
  };
}

/** Source: Standard Webhooks 1.0.0. */
function signed(body: string, id: string, timestampS: number): Record<string, string> {
  const hmac = createHmac('sha256', Buffer.from(SECRET, 'base64'));
  const signature = hmac.update(`${id}.${timestampS}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampS),
    'webhook-signature': `v1,${signature}`,
  };
}

function accepted({ statusCode }: APIGatewayProxyStructuredResultV2): void {
  invariant(statusCode === 202, `a job was answered with ${statusCode}`);
}

/** One message a batch: jobs that come by themselves share none. */
function openIntake(
  way: 'queue' | 'schedule' | 'event',
  deployment: MeteredDeployment,
  bill: Bill,
): Entrance {
  const { metrics, log, handle } = meterOf(intakeContract, deployment, bill);
  const intake = createIntake({
    ...submitting(deployment, bill),
    deadLetters: {
      keep: async ({ error }) => {
        throw error;
      },
    },
    deferrals: { defer: async () => undefined },
    log,
    metrics,
  });
  const handler = handle(intake);
  return {
    bill,
    secretReads: () => 0,
    async enter({ type, params }, index) {
      if (way === 'schedule') bill.usage.add('scheduledTicks');
      if (way === 'event') bill.usage.add('events');
      // Sent, received, deleted.
      bill.usage.add('standardQueueRequests', 3);
      const message = { type, account: ACCOUNT, params };
      const record: SQSRecord = sqsRecord(bodyOf(way, message, index), index);
      const { batchItemFailures } = await handler({ Records: [record] });
      invariant(batchItemFailures.length === 0, 'a message was not taken');
    },
  };
}

function bodyOf(way: 'queue' | 'schedule' | 'event', message: object, index: number): object {
  const time = new Date(Date.UTC(2026, 5, 1) + index * 60_000).toISOString();
  switch (way) {
    case 'queue':
      return message;
    case 'schedule':
      return { idempotencyKey: `schedule:nightly-inventory:${time}`, ...message };
    case 'event':
      return {
        version: '0',
        id: `6a7e8feb-b491-4cf7-a9f1-${String(index).padStart(12, '0')}`,
        'detail-type': 'JobRequested',
        source: 'acme.orders',
        account: '123456789012',
        time,
        region: 'us-east-1',
        resources: [],
        detail: message,
      };
  }
}
