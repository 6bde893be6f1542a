import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../shared/config/sluice-config.ts';
import { queueStatements } from './policies.ts';
import { exampleConfig, render } from './rendered.ts';

const job = {
  type: 'automox.servers.batch',
  account: 'acme',
  params: { select: { hostName: '<$.detail.hostname>' } },
};
const on = 'AmpEventFound';
const names = ['tag-host', ...Array.from({ length: 24 }, (_, index) => `more-${index}`)];
const reactions = Object.fromEntries(
  names.map((name) => [name, { on, when: { severity: ['High'] }, job }]),
);
const off = { off: { on, job, enabled: false } };
const rendered = render(parseConfig({ ...exampleConfig, reactions: { ...reactions, ...off } }));

const ruleNamed = (name: string) => rendered.one('AWS::Events::Rule', 'Name', name).Properties;

describe('a reaction of the config', () => {
  it('is a rule on the bus that writes the job message and sends it to intake', () => {
    expect(ruleNamed('sluice-reaction-tag-host')).toEqual({
      Name: 'sluice-reaction-tag-host',
      EventBusName: 'sluice',
      State: 'ENABLED',
      EventPattern: {
        source: ['sluice'],
        'detail-type': ['AmpEventFound'],
        detail: {
          severity: ['High'],
          id: [{ prefix: '' }],
          hostname: [{ prefix: '' }],
        },
      },
      Targets: [
        {
          Id: 'intake',
          Arn: 'sluice-intake',
          DeadLetterConfig: { Arn: 'sluice-intake-dead' },
          InputTransformer: {
            InputPathsMap: {
              'detail-id': '$.detail.id',
              'detail-hostname': '$.detail.hostname',
            },
            InputTemplate:
              '{"idempotencyKey":"reaction:tag-host:<detail-id>","type":"automox.servers.batch",' +
              '"account":"acme","params":{"select":{"hostName":<detail-hostname>}}}',
          },
        },
      ],
    });
  });

  it('does not fire where it is disabled', () => {
    expect(ruleNamed('sluice-reaction-off')).toMatchObject({ State: 'DISABLED' });
  });

  it('may leave what it cannot deliver with intake’s dead letters, by the name of its rule', () => {
    const allowed = queueStatements(rendered, 'sluice-intake-dead').filter(
      ({ Effect, Condition }) => Effect === 'Allow' && Condition['ArnLike'],
    );
    expect(allowed).toEqual([
      expect.objectContaining({
        Principal: { Service: ['events.amazonaws.com'] },
        Action: ['sqs:SendMessage'],
        Resource: ['sluice-intake-dead'],
        Condition: {
          ArnLike: {
            'aws:SourceArn':
              'arn:AWS::Partition:events:AWS::Region:AWS::AccountId:rule/sluice/sluice-reaction-*',
          },
        },
      }),
    ]);
  });

  it('costs no statement of a queue’s policy, which holds 20 at most', () => {
    for (const name of ['sluice-intake', 'sluice-intake-dead']) {
      expect(queueStatements(rendered, name).length).toBeLessThan(10);
    }
  });

  it('leaves nothing behind when the config has none', () => {
    expect(render(exampleConfig).all('AWS::Events::Rule')).toHaveLength(1);
  });
});
