import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Outcomes, watchOutcomes } from './outcomes.ts';
import {
  ORGANIZATION_ID,
  quickConfig,
  type RunningStack,
  startRunningStack,
} from './running-stack.ts';

const HOST = 'web-01';

let running: RunningStack;
let outcomes: Outcomes;

beforeAll(async () => {
  const { accounts } = quickConfig();
  const config = quickConfig({
    accounts: { ...accounts, globex: { provider: 'amp', region: 'nam' } },
    reactions: {
      'tag-host': {
        on: 'AmpEventFound',
        when: { severity: ['High'] },
        job: {
          type: 'automox.servers.batch',
          account: 'acme',
          correlationId: '<$.detail.eventId>',
          params: {
            select: { hostName: '<$.detail.hostname>' },
            actions: [{ attribute: 'tags', action: 'apply', value: ['detected'] }],
          },
        },
      },
      'never-mind': {
        on: 'AmpEventFound',
        enabled: false,
        job: {
          type: 'automox.servers.query',
          account: 'acme',
          correlationId: '<$.detail.eventId>',
        },
      },
    },
  });
  running = await startRunningStack({ config });
  running.stack.vendors.simulatorOf('automox').configure({ batchDelayMs: 0 });
  outcomes = await watchOutcomes(running);
});

afterAll(async () => {
  await outcomes.stop();
  await running.stack.close();
});

const tagged = () =>
  [...running.stack.vendors.simulatorOf('automox').org(ORGANIZATION_ID).devices.values()]
    .filter(({ tags }) => tags.includes('detected'))
    .map(({ name }) => name);

const poll = async (cursor: string): Promise<void> => {
  const correlationId = `poll-${cursor}`;
  const params = { cursor, overlapMinutes: 60 };
  await running.submit({ type: 'amp.events.poll', account: 'globex', params, correlationId });
  expect(await outcomes.job(correlationId)).toMatchObject({ status: 'succeeded' });
};

/** Once it is done, everything that was put on the intake queue before it was taken as well. */
const passIntake = async (correlationId: string): Promise<void> => {
  const Detail = JSON.stringify({ type: 'amp.version', account: 'globex', correlationId });
  const entry = { EventBusName: 'sluice', Source: 'test', DetailType: 'JobRequested', Detail };
  await running.events.send(new PutEventsCommand({ Entries: [entry] }));
  await outcomes.job(correlationId);
};

describe('a reaction of the config', () => {
  it('makes one job of a detection that is told twice, and none of others', async () => {
    const amp = running.stack.vendors.simulatorOf('amp').business('globex');
    const minor = amp.detect({ computer: HOST, severity: 'Low' });
    const major = amp.detect({ computer: HOST, severity: 'High' });
    await poll('first');
    const eventId = `${major.id}`;
    expect(await outcomes.job(eventId)).toMatchObject({
      status: 'succeeded',
      type: 'automox.servers.batch',
      origin: { way: 'event', detail: 'reaction:tag-host' },
      idempotencyKey: `reaction:tag-host:amp/globex/${eventId}`,
      params: { select: { hostName: HOST } },
    });
    expect(tagged()).toEqual([HOST]);
    await poll('second');
    await passIntake('after');
    expect(outcomes.all(eventId)).toHaveLength(1);
    expect(outcomes.all(`${minor.id}`)).toEqual([]);
    const { jobs } = (await (await running.get('/jobs?type=automox.servers.batch')).json()) as {
      jobs: unknown[];
    };
    expect(jobs).toHaveLength(1);
  });
});
