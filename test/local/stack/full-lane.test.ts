import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { days, seconds } from '../../../shared/kernel/duration.ts';
import { queryServers } from './messages.ts';
import { quickConfig, type RunningStack, startRunningStack } from './running-stack.ts';

/** A budget that gets through two jobs in the thirteen days that a job may live. */
const slow = { requests: 1, windowSeconds: days(13) / 2 / seconds(1) };

let running: RunningStack;
const lines: string[] = [];

beforeAll(async () => {
  running = await startRunningStack({
    config: quickConfig({ budgets: { 'automox/acme/servers.list': slow } }),
    onLog: (_name, line) => lines.push(line),
  });
  await running.post('/budgets/automox/acme/servers.list/pause');
  await running.submit(queryServers('first'));
  await running.submit(queryServers('second'));
});
afterAll(() => running.stack.close());

const countIn = async (queueUrl: string) => {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...names] });
  const { Attributes = {} } = await running.sqs.send(command);
  return names.map((name) => Number(Attributes[name]));
};

describe('a lane that holds all that its budget can serve in time', () => {
  it('answers the next job 503 with Retry-After and an instant', async () => {
    const response = await running.post('/jobs', queryServers('third'));
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBe(3_600);
    expect(await response.json()).toMatchObject({
      code: 'lane.full',
      waiting: 2,
      waitingMax: 2,
      eta: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
    });
  });

  it('leaves a message on the intake queue, hidden for later, and loses nothing', async () => {
    const { intakeQueueUrl, intakeDeadLetterUrl } = running.stack.health();
    await running.sqs.send(
      new SendMessageCommand({
        QueueUrl: intakeQueueUrl,
        MessageBody: JSON.stringify(queryServers('fourth')),
      }),
    );
    await expect.poll(() => lines.join()).toContain('a message waits for room in its lane');
    expect(await countIn(intakeQueueUrl)).toEqual([0, 1]);
    expect(await countIn(intakeDeadLetterUrl)).toEqual([0, 0]);
    const { jobs } = (await (await running.get('/jobs')).json()) as { jobs: unknown[] };
    expect(jobs).toHaveLength(2);
  });
});
