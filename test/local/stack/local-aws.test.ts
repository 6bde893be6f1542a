import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startLocalAws } from '../../../local/stack/local-aws.ts';
import { localClientConfig } from '../../../local/stack/provision.ts';

const soon = (): string => new Date(Date.now() + 1_500).toISOString().slice(0, 19);

it('Scheduler runs the function that a schedule names, and tells of its failure', async () => {
  const onDefect = vi.fn<(error: unknown) => void>();
  const aws = await startLocalAws({ port: 0, onDefect });
  onTestFinished(() => aws.close());
  const failure = new Error('out of luck');
  const invoke = vi.fn(async (): Promise<unknown> => Promise.reject(failure));
  aws.serveFunctions(invoke);
  await new SchedulerClient(localClientConfig(aws.url)).send(
    new CreateScheduleCommand({
      Name: 'soon',
      ScheduleExpression: `at(${soon()})`,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: 'arn:aws:lambda:us-east-1:000000000000:function:sluice-reconcile',
        RoleArn: 'arn:aws:iam::000000000000:role/any',
        Input: '{"why":"due"}',
      },
    }),
  );
  await expect.poll(() => onDefect.mock.calls).toContainEqual([failure]);
  expect(invoke.mock.calls).toEqual([['sluice-reconcile', { why: 'due' }]]);
});
