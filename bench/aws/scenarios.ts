/** What is run on a deployment: a job by each way in, a wrong message, and a deferral at the limit. */
import { createHmac, randomUUID } from 'node:crypto';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { JobView } from '../../shared/jobs/describe-job.ts';
import { minutes, seconds } from '../../shared/kernel/duration.ts';
import { ACCOUNT, correlationOf, queryJob, WEBHOOK } from './run-config.ts';
import type { Access } from './target.ts';
import { untilArrived, untilFinished, untilFound } from './until-job.ts';

export interface ScenarioContext {
  readonly access: Access;
  readonly prefix: string;
  readonly webhookSecret: string;
}

/** The jobs that it ran; throws where it is not as it should be. */
type Scenario = (context: ScenarioContext) => Promise<readonly JobView[]>;

const PATIENCE_MS = minutes(4);
/** Two more than Automox takes in a window. */
const BATCHES = 7;

const scenarios: Readonly<Record<string, Scenario>> = {
  async http(context) {
    const message = queryJob(correlationOf('http', context.prefix));
    return [await submit(context, message)];
  },
  async queue(context) {
    const MessageBody = JSON.stringify(queryJob(correlationOf('queue', context.prefix)));
    const { sqs, intakeUrl: QueueUrl } = context.access;
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    return [await arrived(context, 'queue')];
  },
  async event(context) {
    const { events, busName, detailType } = context.access;
    const Detail = JSON.stringify(queryJob(correlationOf('event', context.prefix)));
    const entry = { EventBusName: busName, Source: 'sluice.test', DetailType: detailType, Detail };
    await events.send(new PutEventsCommand({ Entries: [entry] }));
    return [await arrived(context, 'event')];
  },
  async webhook(context) {
    const body = JSON.stringify({ job: queryJob(correlationOf('webhook', context.prefix)) });
    const headers = signed(context.webhookSecret, body);
    const path = `/webhooks/${WEBHOOK}`;
    const { status } = await context.access.request(path, { method: 'POST', body, headers });
    if (status !== 202) throw new Error(`the webhook was answered ${status}`);
    return [await arrived(context, 'webhook')];
  },
  schedule: async (context) => [await arrived(context, 'schedule')],
  async 'wrong-message'({ access, prefix }) {
    const { sqs, intakeUrl, deadLetterUrl: QueueUrl } = access;
    const MessageBody = `no job: ${prefix}`;
    await sqs.send(new SendMessageCommand({ QueueUrl: intakeUrl, MessageBody }));
    await untilFound('the wrong message among the dead letters', PATIENCE_MS, async () => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5, MessageAttributeNames: ['All'] }),
      );
      return Messages.find(
        ({ Body, MessageAttributes: told }) =>
          Body === MessageBody && told?.['sluice.code']?.StringValue === 'job.invalid',
      );
    });
    return [];
  },
  async deferral(context) {
    const device = await findDevice(context);
    const sent = Array.from({ length: BATCHES }, (_, at) =>
      submit(context, {
        type: 'automox.servers.batch',
        account: ACCOUNT,
        params: {
          devices: [device],
          actions: [{ attribute: 'tags', action: 'apply', value: [`test-${at}`] }],
        },
      }),
    );
    const jobs = await Promise.all(sent);
    const waited = jobs.some(({ timeline }) => timeline.some(({ event }) => event === 'waiting'));
    if (!waited) throw new Error(`none of ${BATCHES} batch jobs waited for the limit`);
    return jobs;
  },
};

export const scenarioNames: readonly string[] = Object.keys(scenarios);

export interface ScenarioReport {
  readonly name: string;
  readonly ok: boolean;
  readonly tookMs: number;
  readonly problem?: string;
  readonly jobs: readonly JobView[];
}

export async function runScenario(name: string, context: ScenarioContext): Promise<ScenarioReport> {
  const startedAtMs = Date.now();
  const took = () => ({ name, tookMs: Date.now() - startedAtMs });
  try {
    const jobs = (await scenarios[name]?.(context)) ?? [];
    const failed = jobs.filter(({ status }) => status !== 'succeeded');
    const problems = failed.map(({ id, status, error }) => `${id} ${status}: ${error?.message}`);
    const problem = problems.length === 0 ? {} : { problem: problems.join('; ') };
    return { ...took(), ok: failed.length === 0, ...problem, jobs };
  } catch (error) {
    return { ...took(), ok: false, problem: String(error), jobs: [] };
  }
}

async function submit({ access }: ScenarioContext, message: object): Promise<JobView> {
  const body = JSON.stringify(message);
  const response = await access.request('/jobs', { method: 'POST', body });
  if (response.status !== 202) throw new Error(`POST /jobs: ${await response.text()}`);
  const { id } = (await response.json()) as { id: string };
  return untilFinished(access, PATIENCE_MS, id);
}

const arrived = ({ access, prefix }: ScenarioContext, scenario: string): Promise<JobView> =>
  untilArrived(access, PATIENCE_MS, correlationOf(scenario, prefix));

/** A result is a row a line. */
async function findDevice(context: ScenarioContext): Promise<number> {
  const { id } = await submit(context, queryJob(correlationOf('devices', context.prefix)));
  const response = await context.access.request(`/jobs/${id}/result`);
  const [first = ''] = (await response.text()).split('\n');
  if (!response.ok || first === '') throw new Error(`no devices: ${response.status} ${first}`);
  return (JSON.parse(first) as { readonly id: number }).id;
}

/** Standard Webhooks. */
function signed(secret: string, body: string): Record<string, string> {
  const id = `msg_${randomUUID()}`;
  const timestamp = String(Math.floor(Date.now() / seconds(1)));
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const text = `${id}.${timestamp}.${body}`;
  const digest = createHmac('sha256', key).update(text).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${digest}`,
  };
}
