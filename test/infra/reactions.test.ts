import { describe, expect, it } from 'vitest';
import { queueStatements } from './policies.ts';
import { exampleConfig, render } from './rendered.ts';

const rendered = render(exampleConfig);

/** The example's reaction, and others like it. */
function renderMore(count: number, changes: { readonly enabled?: boolean } = {}) {
  const [reaction] = Object.values(exampleConfig.reactions);
  const more = Array.from({ length: count }, (_, index) => [
    `more-${index}`,
    { ...reaction, ...changes },
  ]);
  const reactions = { ...exampleConfig.reactions, ...Object.fromEntries(more) };
  return render({ ...exampleConfig, reactions });
}

describe('a reaction of the config', () => {
  it('is a rule on the bus that writes the job message and sends it to intake', () => {
    expect(
      rendered.one('AWS::Events::Rule', 'Name', 'sluice-reaction-tag-host').Properties,
    ).toEqual({
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
    const off = renderMore(1, { enabled: false });
    const rule = off.one('AWS::Events::Rule', 'Name', 'sluice-reaction-more-0');
    expect(rule.Properties).toMatchObject({ State: 'DISABLED' });
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
          StringEquals: { 'aws:SourceAccount': 'AWS::AccountId' },
        },
      }),
    ]);
  });

  it('costs no statement of a queue’s policy, which holds 20 at most', () => {
    const many = renderMore(24);
    for (const name of ['sluice-intake', 'sluice-intake-dead']) {
      expect(queueStatements(many, name)).toHaveLength(queueStatements(rendered, name).length);
    }
  });

  it('leaves nothing behind when the config has none', () => {
    const bare = render({ ...exampleConfig, reactions: {} });
    expect(bare.all('AWS::Events::Rule').map(({ Properties }) => Properties['Name'])).toEqual([
      'sluice-job-requested',
    ]);
    expect(queueStatements(bare, 'sluice-intake-dead')).toHaveLength(
      queueStatements(rendered, 'sluice-intake-dead').length - 1,
    );
  });
});
