import {
  CreateEventBusCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEventBridgeClient } from '../../../shared/aws/clients.ts';
import { createJobEventPublisher } from '../../../shared/aws/job-event-publisher.ts';
import { describeJobEventPublisher } from '../../contracts/job-event-publisher.ts';
import { type EmulatedAws, startEmulatedAws } from '../../support/emulated-aws.ts';
import { SAMPLE_AT_MS, sampleJob } from '../../support/sample-job.ts';

const BUS = 'sluice';
let aws: EmulatedAws;
beforeEach(async () => {
  aws = await startEmulatedAws();
});
afterEach(() => aws.close());

/** A publisher on a bus that has one listener to everything Sluice says. */
async function openPublisher() {
  const events = createEventBridgeClient(aws.clientOptions);
  const onBus = { EventBusName: BUS };
  const EventPattern = JSON.stringify({ source: ['sluice'] });
  await events.send(new CreateEventBusCommand({ Name: BUS }));
  await events.send(new PutRuleCommand({ ...onBus, Name: 'all', EventPattern }));
  const Targets = [{ Id: 'listener', Arn: 'arn:aws:sqs:us-east-1:000000000000:listener' }];
  await events.send(new PutTargetsCommand({ ...onBus, Rule: 'all', Targets }));
  return createJobEventPublisher({ events, busName: BUS });
}

const heard = () => aws.delivered as readonly { readonly detail: { readonly id: string } }[];

describeJobEventPublisher('AWS job event publisher', async () => ({
  publisher: await openPublisher(),
  heard: () => heard().map(({ detail }) => detail.id),
}));

describe('an event that a job found, on the bus', () => {
  it('says what was found, by which job of whom, and is dated when it happened', async () => {
    const publisher = await openPublisher();
    const detail = { eventId: '6839681950832132113', id: 'not this' };
    const event = { id: 'amp/acme/1', type: 'AmpEventFound', atMs: SAMPLE_AT_MS, detail };
    await publisher.publish(sampleJob(), [event]);
    const { id: jobId, account, tenant } = sampleJob();
    expect(heard()).toMatchObject([
      {
        source: 'sluice',
        'detail-type': 'AmpEventFound',
        detail: { id: 'amp/acme/1', eventId: '6839681950832132113', jobId, account, tenant },
      },
    ]);
  });

  it('is not taken for told where EventBridge is throttled', async () => {
    const publisher = await openPublisher();
    aws.faults.inject({ service: 'events', fault: { kind: 'throttle' } });
    const event = { id: '1', type: 'AmpEventFound', atMs: SAMPLE_AT_MS, detail: {} };
    await expect(publisher.publish(sampleJob(), [event])).rejects.toMatchObject({
      code: 'store.unavailable',
    });
  });
});
