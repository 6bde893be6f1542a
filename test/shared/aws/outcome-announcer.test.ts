import {
  CreateEventBusCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEventBridgeClient, createSfnClient } from '../../../shared/aws/clients.ts';
import {
  createOutcomeAnnouncer,
  type OutcomeAnnouncerOptions,
} from '../../../shared/aws/outcome-announcer.ts';
import { describeOutcomeAnnouncer } from '../../contracts/outcome-announcer.ts';
import { type EmulatedAws, startEmulatedAws } from '../../support/emulated-aws.ts';
import { SAMPLE_AT_MS, sampleJob } from '../../support/sample-job.ts';

const BUS = 'sluice';
let aws: EmulatedAws;
beforeEach(async () => {
  aws = await startEmulatedAws();
});
afterEach(() => aws.close());

/** An announcer on a bus that has one listener to everything Sluice says. */
async function openAnnouncer(onTaskGone?: OutcomeAnnouncerOptions['onTaskGone']) {
  const events = createEventBridgeClient(aws.clientOptions);
  const onBus = { EventBusName: BUS };
  const EventPattern = JSON.stringify({ source: ['sluice'] });
  await events.send(new CreateEventBusCommand({ Name: BUS }));
  await events.send(new PutRuleCommand({ ...onBus, Name: 'all', EventPattern }));
  const Targets = [{ Id: 'listener', Arn: 'arn:aws:sqs:us-east-1:000000000000:listener' }];
  await events.send(new PutTargetsCommand({ ...onBus, Rule: 'all', Targets }));
  const tasks = createSfnClient(aws.clientOptions);
  return createOutcomeAnnouncer({ events, tasks, busName: BUS, ...(onTaskGone && { onTaskGone }) });
}

interface Event {
  readonly 'detail-type': string;
  readonly time: string;
  readonly detail: { readonly id: string; readonly status: string };
}

const heard = (): readonly Event[] => aws.delivered as readonly Event[];

describeOutcomeAnnouncer('AWS outcome announcer', async () => ({
  announcer: await openAnnouncer(),
  heard: () => heard().map(({ detail: { id, status } }) => ({ id, status })),
}));

const finished = sampleJob({
  status: 'succeeded',
  finishedAtMs: SAMPLE_AT_MS + 1_500,
  attempts: 2,
  taskToken: 'token-1',
  correlationId: 'corr',
  summary: 'done',
  paramsJson: '{"private":"param"}',
  result: { kind: 'object', key: 'results/x', rows: 7, bytes: 99 },
});

describe('AWS outcome announcer: event', () => {
  it('tells where the result is, and neither parameters nor task token', async () => {
    await (await openAnnouncer()).announce(finished);
    expect(heard()).toMatchObject([
      { 'detail-type': 'JobSucceeded', time: '2026-03-01T02:00:01Z' },
    ]);
    expect(heard()[0]?.detail).toEqual({
      id: finished.id,
      type: 'automox.servers.batch',
      account: 'acme',
      tenant: 'default',
      status: 'succeeded',
      run: 1,
      attempts: 2,
      correlationId: 'corr',
      summary: 'done',
      result: { kind: 'object', key: 'results/x', rows: 7 },
      createdAt: '2026-03-01T02:00:00.000Z',
      finishedAt: '2026-03-01T02:00:01.500Z',
    });
  });

  it('throws store.unavailable, and answers no task, where the bus does not take the event', async () => {
    const events = createEventBridgeClient(aws.clientOptions);
    const Entries = [{ ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' }];
    events.middlewareStack.add(
      (next) => async (call) => ({
        ...(await next(call)),
        output: { FailedEntryCount: 1, Entries, $metadata: {} },
      }),
      { step: 'initialize' },
    );
    const tasks = createSfnClient(aws.clientOptions);
    const announcer = createOutcomeAnnouncer({ events, tasks, busName: BUS });
    const message = expect.stringContaining('ThrottlingException slow down');
    const failure = { code: 'store.unavailable', message };
    await expect(announcer.announce(finished)).rejects.toMatchObject(failure);
    expect(aws.stepFunctions.answers()).toEqual([]);
  });

  it('throws store.unavailable where EventBridge is throttled', async () => {
    const announcer = await openAnnouncer();
    aws.faults.inject({ service: 'events', fault: { kind: 'throttle' } });
    await expect(announcer.announce(finished)).rejects.toMatchObject({ code: 'store.unavailable' });
  });
});

describe('AWS outcome announcer: task', () => {
  it('answers the task that waits, after the event', async () => {
    await (await openAnnouncer()).announce(finished);
    expect(aws.stepFunctions.answers()).toMatchObject([
      { taskToken: 'token-1', kind: 'success', output: { id: finished.id, status: 'succeeded' } },
    ]);
  });

  it('fails the task of a job that failed, by the code of its error', async () => {
    const error = { code: 'provider.rejected', message: 'the vendor said no' } as const;
    await (await openAnnouncer()).announce({ ...finished, status: 'failed', error });
    expect(aws.stepFunctions.answers()).toMatchObject([
      { kind: 'failure', error: 'provider.rejected', cause: expect.stringContaining('said no') },
    ]);
  });

  it('takes a task that no longer waits for no failure, and says so to whoever asked', async () => {
    const gone: string[] = [];
    const announcer = await openAnnouncer((job, reason) => gone.push(`${job.id} ${reason}`));
    await announcer.announce(finished);
    await announcer.announce(finished);
    expect(gone).toEqual([`${finished.id} TaskTimedOut`]);
  });

  it('throws store.unavailable where Step Functions does not answer', async () => {
    const announcer = await openAnnouncer();
    aws.faults.inject({ service: 'states', fault: { kind: 'server-error', status: 500 } });
    await expect(announcer.announce(finished)).rejects.toMatchObject({ code: 'store.unavailable' });
  });
});
