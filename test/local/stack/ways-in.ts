/** A job by every way in, on whatever runs the functions. */
import { PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateScheduleCommand } from '@aws-sdk/client-scheduler';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LocalStackOptions } from '../../../local/stack/local-stack.ts';
import { scheduledMessage } from '../../../shared/config/schedule.ts';
import { type SluiceConfig, webhookSecretId } from '../../../shared/config/sluice-config.ts';
import { queryServers } from './messages.ts';
import { type Outcomes, watchOutcomes } from './outcomes.ts';
import { quickConfig, type RunningStack, startRunningStack } from './running-stack.ts';
import { senders } from './signatures.ts';

const INTAKE_ARN = 'arn:aws:sqs:us-east-1:000000000000:sluice-intake';

const webhooks = Object.fromEntries(
  Object.entries(senders).map(([name, { scheme }]) => [name, { scheme, jobs: 'payload.job' }]),
);

/** Bundles are built first, on two cores that others use as well. */
const START_TIMEOUT_MS = 90_000;

export interface Watched {
  readonly running: RunningStack;
  readonly outcomes: Outcomes;
}

/** Tests of a stack that is started with `options`. Answers what further tests of it need. */
export function testWaysIn(options: (config: SluiceConfig) => Partial<LocalStackOptions>): Watched {
  let running: RunningStack;
  let outcomes: Outcomes;

  beforeAll(async () => {
    const config = quickConfig({ webhooks });
    running = await startRunningStack({ config, ...options(config) });
    outcomes = await watchOutcomes(running);
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await outcomes.stop();
    await running.stack.close();
  });

  const sendBody = (body: unknown) =>
    running.sqs.send(
      new SendMessageCommand({
        QueueUrl: running.stack.intakeQueueUrl,
        MessageBody: JSON.stringify(body),
      }),
    );

  const secretOf = async (source: string): Promise<string> =>
    String((await running.readSecret(webhookSecretId(source)))['secret']);

  it('runs a job that is posted', async () => {
    const response = await running.post('/jobs', queryServers('posted'));
    expect(response.status).toBe(202);
    const { id } = (await response.json()) as { id: string };
    expect(response.headers.get('location')).toBe(`/jobs/${id}`);
    expect(await outcomes.job('posted')).toMatchObject({
      id,
      status: 'succeeded',
      origin: { way: 'http' },
    });
  });

  it('runs a job that is sent to the intake queue', async () => {
    const { MessageId } = await sendBody(queryServers('sent'));
    expect(await outcomes.job('sent')).toMatchObject({
      status: 'succeeded',
      origin: { way: 'queue', detail: MessageId },
    });
  });

  it('runs a job in the envelope of SNS', async () => {
    const Message = JSON.stringify(queryServers('notified'));
    await sendBody({ Type: 'Notification', MessageId: 'n-1', TopicArn: 'arn:aws:sns', Message });
    expect(await outcomes.job('notified')).toMatchObject({
      status: 'succeeded',
      origin: { way: 'queue', detail: 'sns:n-1' },
    });
  });

  it('runs a job that is an event on the bus', async () => {
    const Detail = JSON.stringify(queryServers('put'));
    const entry = { EventBusName: 'sluice', Source: 'my.app', DetailType: 'JobRequested', Detail };
    const { Entries = [] } = await running.events.send(new PutEventsCommand({ Entries: [entry] }));
    expect(await outcomes.job('put')).toMatchObject({
      status: 'succeeded',
      origin: { way: 'event', detail: Entries[0]?.EventId },
    });
  });

  it('runs the job that is the constant input of a rule of the user', async () => {
    const Input = JSON.stringify(queryServers('ruled'));
    const rule = { Name: 'mine', EventPattern: JSON.stringify({ source: ['my.alarms'] }) };
    await running.events.send(new PutRuleCommand(rule));
    await running.events.send(
      new PutTargetsCommand({ Rule: 'mine', Targets: [{ Id: 'intake', Arn: INTAKE_ARN, Input }] }),
    );
    const entry = { Source: 'my.alarms', DetailType: 'Alarm', Detail: '{"level":"high"}' };
    await running.events.send(new PutEventsCommand({ Entries: [entry] }));
    expect(await outcomes.job('ruled')).toMatchObject({
      status: 'succeeded',
      origin: { way: 'queue' },
    });
  });

  it('runs the job of a schedule when it is due', async () => {
    const dueAt = new Date(Date.now() + 2_000).toISOString().slice(0, 19);
    await running.scheduler.send(
      new CreateScheduleCommand({
        Name: 'soon',
        ScheduleExpression: `at(${dueAt})`,
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: INTAKE_ARN,
          RoleArn: 'arn:aws:iam::000000000000:role/sluice-scheduler',
          Input: JSON.stringify(scheduledMessage('soon', { job: queryServers('scheduled') })),
        },
      }),
    );
    expect(await outcomes.job('scheduled')).toMatchObject({
      status: 'succeeded',
      origin: { way: 'schedule', detail: 'soon' },
      idempotencyKey: `schedule:soon:${dueAt}Z`,
    });
  });

  it.each(Object.entries(senders))('runs the job of a signed webhook: %s', async (name, sender) => {
    const body = JSON.stringify({ job: queryServers(`webhook-${name}`) });
    const headers = sender.sign(await secretOf(name), body);
    const response = await running.post(`/webhooks/${name}`, body, headers);
    expect(response.status).toBe(202);
    expect(await outcomes.job(`webhook-${name}`)).toMatchObject({
      status: 'succeeded',
      origin: { way: 'webhook', detail: name },
    });
  });

  it('refuses a webhook whose body was changed, and makes no job of it', async () => {
    const body = JSON.stringify({ job: queryServers('forged') });
    const headers = senders.standard.sign(await secretOf('standard'), body);
    const response = await running.post('/webhooks/standard', `${body} `, headers);
    expect(response.status).toBe(401);
    expect(outcomes.all('forged')).toEqual([]);
  });

  return {
    get running() {
      return running;
    },
    get outcomes() {
      return outcomes;
    },
  };
}
