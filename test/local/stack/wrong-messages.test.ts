import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateScheduleCommand } from '@aws-sdk/client-scheduler';
import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webhookSecretId } from '../../../shared/config/sluice-config.ts';
import type { JobSummaryView, JobView } from '../../../shared/jobs/describe-job.ts';
import { receiveAll } from './dead-letters.ts';
import { queryServers } from './messages.ts';
import { type Outcomes, watchOutcomes } from './outcomes.ts';
import { quickConfig, type RunningStack, startRunningStack } from './running-stack.ts';
import { wrongKinds } from './wrong-kinds.ts';

const INTAKE_ARN = 'arn:aws:sqs:us-east-1:000000000000:sluice-intake';
const scheme = { name: 'static-token', deliveryIdHeader: 'x-delivery' } as const;
const TOKEN = { 'x-webhook-token': 'test' };

let running: RunningStack;
let outcomes: Outcomes;

beforeAll(async () => {
  const webhooks = { token: { scheme, jobs: 'payload' } };
  running = await startRunningStack({ config: quickConfig({ webhooks }) });
  await running.putSecret(webhookSecretId('token'), { secret: 'test' });
  outcomes = await watchOutcomes(running);
});

afterAll(async () => {
  await outcomes.stop();
  await running.stack.close();
});

/** Each wrong field of each kind, in an order of its own. */
const expectedFields = wrongKinds.map(({ fields }) => fields.toSorted().join()).toSorted();

const fieldsOf = (jobs: readonly JobView[]): readonly string[] =>
  jobs
    .map(({ error }) =>
      (error?.fields ?? [])
        .map(({ field }) => field)
        .toSorted()
        .join(),
    )
    .toSorted();

/** The rejected rows that came by `way`, as soon as there is one for each kind. */
async function rejectedBy(way: string): Promise<readonly JobView[]> {
  const look = async (): Promise<readonly JobView[]> => {
    const answer = await (await running.get('/jobs?status=rejected&limit=200')).json();
    const { jobs } = answer as { jobs: JobSummaryView[] };
    const all = await Promise.all(jobs.map(({ id }) => running.job(id)));
    return all.filter(({ origin }) => origin.way === way);
  };
  await expect.poll(look, { interval: 250 }).toHaveLength(wrongKinds.length);
  return look();
}

describe('a wrong message', () => {
  it('is answered and recorded with every wrong field when posted', async () => {
    for (const { message, fields } of wrongKinds) {
      const response = await running.post('/jobs', message);
      const problem = (await response.json()) as { fields: { field: string }[]; jobId: string };
      expect(response.status).toBe(400);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(problem.fields.map(({ field }) => field)).toEqual(fields);
      expect(await running.job(problem.jobId)).toMatchObject({ status: 'rejected' });
    }
    expect(fieldsOf(await rejectedBy('http'))).toEqual(expectedFields);
  });

  it('is answered and recorded with every wrong field when mapped from a webhook', async () => {
    for (const [index, { message, fields }] of wrongKinds.entries()) {
      const headers = { ...TOKEN, 'x-delivery': `wrong-${index}` };
      const response = await running.post('/webhooks/token', message, headers);
      const problem = (await response.json()) as { fields: { field: string }[] };
      expect(response.status).toBe(400);
      expect(problem.fields.map(({ field }) => field)).toEqual(fields);
    }
    expect(fieldsOf(await rejectedBy('webhook'))).toEqual(expectedFields);
  });

  it('is recorded and kept in the dead-letter queue when sent, and stops no good one', async () => {
    const bodies = wrongKinds.map(({ message }) => JSON.stringify(message));
    const good = [0, 1, 2, 3].map((index) => JSON.stringify(queryServers(`beside-${index}`)));
    const QueueUrl = running.stack.intakeQueueUrl;
    for (const [at, among] of good.entries()) {
      const batch = [...bodies.slice(at * 5, at * 5 + 5), among];
      const Entries = batch.map((MessageBody, place) => ({ Id: String(place), MessageBody }));
      await running.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    }
    expect(fieldsOf(await rejectedBy('queue'))).toEqual(expectedFields);
    const letters = await receiveAll(running, wrongKinds.length);
    expect(letters.map(({ body }) => body).toSorted()).toEqual(bodies.toSorted());
    for (const { body, reasons } of letters) {
      const { fields } = wrongKinds[bodies.indexOf(body)] ?? { fields: ['(none)'] };
      for (const field of fields) expect(reasons).toContain(field);
    }
    const beside = await Promise.all(good.map((_, index) => outcomes.event(`beside-${index}`)));
    expect(new Set(beside.map(({ detail }) => detail.status))).toEqual(new Set(['succeeded']));
  });

  it('is recorded and kept in the dead-letter queue when put on the bus', async () => {
    const entry = { EventBusName: 'sluice', Source: 'my.app', DetailType: 'JobRequested' };
    for (const { message } of wrongKinds) {
      const Entries = [{ ...entry, Detail: JSON.stringify(message) }];
      await running.events.send(new PutEventsCommand({ Entries }));
    }
    expect(fieldsOf(await rejectedBy('event'))).toEqual(expectedFields);
    const letters = await receiveAll(running, wrongKinds.length);
    expect(new Set(letters.map(({ body }) => JSON.parse(body).source))).toEqual(
      new Set(['my.app']),
    );
  });

  it('is recorded and kept in the dead-letter queue when a schedule sends it', async () => {
    for (const [index, { message }] of wrongKinds.entries()) {
      // A schedule whose instant has passed when it is made never comes.
      const dueAt = new Date(Date.now() + 3_000).toISOString().slice(0, 19);
      const idempotencyKey = `schedule:wrong-${index}:<aws.scheduler.scheduled-time>`;
      await running.scheduler.send(
        new CreateScheduleCommand({
          Name: `wrong-${index}`,
          ScheduleExpression: `at(${dueAt})`,
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: {
            Arn: INTAKE_ARN,
            RoleArn: 'arn:aws:iam::000000000000:role/sluice-scheduler',
            Input: JSON.stringify({ idempotencyKey, ...message }),
          },
        }),
      );
    }
    expect(fieldsOf(await rejectedBy('schedule'))).toEqual(expectedFields);
    expect(await receiveAll(running, wrongKinds.length)).toHaveLength(wrongKinds.length);
  });

  it('is recorded and kept as it came when it is no JSON', async () => {
    const QueueUrl = running.stack.intakeQueueUrl;
    const MessageBody = 'please tag all servers';
    await running.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    const [letter] = await receiveAll(running, 1);
    expect(letter).toEqual({
      body: MessageBody,
      code: 'job.invalid',
      reasons: expect.stringContaining('is not JSON'),
    });
  });
});
