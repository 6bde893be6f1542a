import * as E from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../../local/emulators/endpoint/endpoint.ts';
import {
  createEventBridge,
  type EventBridgeOptions,
} from '../../../../local/emulators/eventbridge/eventbridge.ts';
import { clientOptions } from '../endpoint/client-options.ts';

const BUS = 'sluice';
const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:outcomes';
const NOW_MS = Date.parse('2026-03-04T05:06:07.890Z');

let endpoint: Endpoint;
let client: E.EventBridgeClient;
let delivered: { arn: string; input: unknown; messageGroupId?: string }[];

async function start(options: Partial<EventBridgeOptions> = {}): Promise<void> {
  delivered = [];
  const service = createEventBridge({
    clock: { nowMs: () => NOW_MS },
    deliver: async (arn, input, more) => {
      delivered.push({ arn, input: JSON.parse(input), ...more });
    },
    ...options,
  });
  endpoint = await startEndpoint({ services: [service] });
  client = new E.EventBridgeClient(clientOptions(endpoint.url));
  await client.send(new E.CreateEventBusCommand({ Name: BUS }));
}

beforeEach(() => start());
afterEach(() => endpoint.close());

const addRule = async (pattern: object, target: Partial<E.Target> = {}, rule: object = {}) => {
  const named = { Name: 'done', EventBusName: BUS };
  await client.send(
    new E.PutRuleCommand({ ...named, EventPattern: JSON.stringify(pattern), ...rule }),
  );
  await client.send(
    new E.PutTargetsCommand({
      Rule: 'done',
      EventBusName: BUS,
      Targets: [{ Id: '1', Arn: QUEUE_ARN, ...target }],
    }),
  );
};
const entry = (more: Partial<E.PutEventsRequestEntry> = {}): E.PutEventsRequestEntry => ({
  EventBusName: BUS,
  Source: 'sluice',
  DetailType: 'JobSucceeded',
  Detail: '{"jobId":"job_1"}',
  ...more,
});
const putEvents = (...Entries: E.PutEventsRequestEntry[]) =>
  client.send(new E.PutEventsCommand({ Entries }));

describe('PutEvents', () => {
  it('delivers the full envelope to the targets of matching rules', async () => {
    await addRule({ 'detail-type': ['JobSucceeded'] });

    const { Entries } = await putEvents(
      entry({ Resources: ['r'] }),
      entry({ DetailType: 'Other' }),
    );

    expect(delivered).toEqual([
      {
        arn: QUEUE_ARN,
        input: {
          version: '0',
          id: Entries?.[0]?.EventId,
          'detail-type': 'JobSucceeded',
          source: 'sluice',
          account: '000000000000',
          time: '2026-03-04T05:06:07Z',
          region: 'us-east-1',
          resources: ['r'],
          detail: { jobId: 'job_1' },
        },
      },
    ]);
  });

  it('judges each entry on its own', async () => {
    await addRule({ source: [{ exists: true }] });

    const { FailedEntryCount, Entries } = await putEvents(
      entry({ Detail: '{bad' }),
      entry({ Detail: '"text"' }),
      entry({ Source: '' }),
      entry({ Source: 'aws.ec2' }),
      entry(),
    );

    expect(FailedEntryCount).toBe(4);
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      'MalformedDetail',
      'MalformedDetail',
      'InvalidArgument',
      'NotAuthorizedForSourceException',
      undefined,
    ]);
    expect(delivered).toHaveLength(1);
  });

  it('takes no more than ten entries and a mebibyte', async () => {
    const eleven = putEvents(...Array.from({ length: 11 }, () => entry()));
    const large = putEvents(entry({ Detail: JSON.stringify({ pad: 'x'.repeat(1_048_576) }) }));

    await expect(eleven).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(large).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('succeeds when a target does not take the event, and tells the owner', async () => {
    await endpoint.close();
    const failures: unknown[] = [];
    await start({
      deliver: () => Promise.reject(new Error('no such queue')),
      onDeliveryFailure: (failure) => failures.push(failure),
    });
    await addRule({ source: ['sluice'] });

    const { FailedEntryCount } = await putEvents(entry());

    expect(FailedEntryCount).toBe(0);
    expect(failures).toEqual([
      { ruleName: 'done', targetArn: QUEUE_ARN, error: new Error('no such queue') },
    ]);
  });
});

describe('a rule', () => {
  it('is silent while disabled and once deleted', async () => {
    await addRule({ source: ['sluice'] }, {}, { State: 'DISABLED' });
    await putEvents(entry());
    expect(delivered).toHaveLength(0);

    await client.send(new E.EnableRuleCommand({ Name: 'done', EventBusName: BUS }));
    await putEvents(entry());
    expect(delivered).toHaveLength(1);

    await client.send(new E.DeleteRuleCommand({ Name: 'done', EventBusName: BUS }));
    await putEvents(entry());
    expect(delivered).toHaveLength(1);
  });

  it('hands a FIFO target its message group', async () => {
    await addRule({ source: ['sluice'] }, { SqsParameters: { MessageGroupId: 'g' } });

    await putEvents(entry());

    expect(delivered[0]?.messageGroupId).toBe('g');
  });

  it('keeps its targets when it is put again, until they are removed', async () => {
    await addRule({ source: ['other'] });
    await client.send(
      new E.PutRuleCommand({
        Name: 'done',
        EventBusName: BUS,
        EventPattern: '{"source":["sluice"]}',
      }),
    );
    const target = { Rule: 'done', EventBusName: BUS };
    const listed = await client.send(new E.ListTargetsByRuleCommand(target));
    await putEvents(entry());
    await client.send(new E.RemoveTargetsCommand({ ...target, Ids: ['1'] }));
    await putEvents(entry());

    expect(listed.Targets).toEqual([{ Id: '1', Arn: QUEUE_ARN }]);
    expect(delivered).toHaveLength(1);
  });

  it('hears only its own bus', async () => {
    await addRule({ source: ['sluice'] });

    await putEvents(entry({ EventBusName: 'default' }));

    expect(delivered).toEqual([]);
  });

  it('is refused for a pattern that EventBridge would refuse', async () => {
    await expect(addRule({ source: 'sluice' })).rejects.toMatchObject({
      name: 'InvalidEventPatternException',
    });
  });

  it('is found by name', async () => {
    await addRule({ source: ['sluice'] });
    const { Rules } = await client.send(
      new E.ListRulesCommand({ EventBusName: BUS, NamePrefix: 'do' }),
    );

    expect(Rules).toMatchObject([{ Name: 'done', State: 'ENABLED', EventBusName: BUS }]);
    await expect(
      client.send(new E.DescribeRuleCommand({ Name: 'none', EventBusName: BUS })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('a bus', () => {
  it('is made once', async () => {
    const again = client.send(new E.CreateEventBusCommand({ Name: BUS }));

    await expect(again).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
    const { Arn } = await client.send(new E.DescribeEventBusCommand({ Name: BUS }));
    expect(Arn).toBe('arn:aws:events:us-east-1:000000000000:event-bus/sluice');
  });
});
