import { describe, expect, it } from 'vitest';
import type { SluiceConfig } from '../../shared/config/sluice-config.ts';
import { queueStatements, Statement } from './policies.ts';
import { exampleConfig, render } from './rendered.ts';

const OTHERS = ['111111111111', '222222222222'];

const renderSenders = (senders: Partial<SluiceConfig['senders']>) =>
  render({ ...exampleConfig, senders: { ...exampleConfig.senders, ...senders } });
const allowedOnIntake = (rendered: ReturnType<typeof render>) =>
  queueStatements(rendered, 'sluice-intake').filter(({ Effect }) => Effect === 'Allow');
const plain = render(exampleConfig);
const opened = renderSenders({ accounts: OTHERS });
const topicsOnly = renderSenders({ services: ['sns'] });

/** Of the example's reaction: rules of Sluice itself, whatever others may send. */
const reactionRules = {
  ArnLike: {
    'aws:SourceArn': expect.stringMatching(/:rule\/sluice\/sluice-reaction-\*$/),
  },
  StringEquals: { 'aws:SourceAccount': 'AWS::AccountId' },
};

const busStatements = (rendered: ReturnType<typeof render>) =>
  rendered
    .all('AWS::Events::EventBusPolicy')
    .map(({ Properties }) => Statement.parse(Properties['Statement']));

describe('senders of the config', () => {
  it('are services of this account alone, where the config says nothing', () => {
    const principals = allowedOnIntake(plain).flatMap(({ Principal }) => Object.keys(Principal));
    expect(new Set(principals)).toEqual(new Set(['Service']));
    expect(busStatements(plain)).toEqual([]);
  });

  it('are no service that the config leaves out, but for the rules of the bus', () => {
    const allowed = allowedOnIntake(topicsOnly);
    expect(allowed.map(({ Principal, Condition }) => [Principal['Service'], Condition])).toEqual([
      [['sns.amazonaws.com'], expect.anything()],
      [['events.amazonaws.com'], { ArnEquals: { 'aws:SourceArn': expect.any(String) } }],
      [['events.amazonaws.com'], reactionRules],
    ]);
  });

  it('are identities of named accounts, who may send to the intake queue and no more', () => {
    const [statement, ...more] = allowedOnIntake(opened).filter(
      ({ Principal }) => Principal['AWS'] !== undefined,
    );
    expect(more).toEqual([]);
    expect(statement).toMatchObject({
      Action: ['sqs:SendMessage'],
      Resource: ['sluice-intake'],
      Principal: { AWS: OTHERS.map((id) => `arn:AWS::Partition:iam::${id}:root`) },
    });
  });

  it('may ask for jobs on the bus from named accounts, and forge no outcome', () => {
    expect(busStatements(opened)).toEqual(
      OTHERS.map((id) => ({
        Effect: 'Allow',
        Action: ['events:PutEvents'],
        Resource: ['sluice'],
        Principal: { AWS: [`arn:AWS::Partition:iam::${id}:root`] },
        Condition: { StringEquals: { 'events:detail-type': 'JobRequested' } },
      })),
    );
  });

  it('reach no queue but intake, and no bucket or secret', () => {
    const { template } = opened;
    const policies = Object.values(template.toJSON()['Resources'])
      .filter((resource) => JSON.stringify(resource).includes(OTHERS[0] ?? ''))
      .map((resource) => (resource as { Type: string }).Type);
    expect(policies.sort()).toEqual(['AWS::Events::EventBusPolicy', 'AWS::SQS::QueuePolicy']);
  });
});
