import { describe, expect, it } from 'vitest';
import { readDeployment } from '../../../../local/stack/template/read-deployment.ts';
import { readResources } from '../../../../local/stack/template/read-resources.ts';
import { parseTemplate } from '../../../../local/stack/template/template.ts';

/** A variable as Fn::Sub has them. */
const open = (name: string): string => ['${', name, '}'].join('');

const AWS_URL = 'http://127.0.0.1:4571';

const queue = (properties: object) => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName: 'jobs', ...properties },
});

const read = (Resources: Readonly<Record<string, unknown>>) =>
  readResources(parseTemplate({ Resources }), AWS_URL);

const readName = (QueueName: unknown): unknown =>
  read({ Jobs: queue({}), Other: queue({ QueueName }) })['AWS::SQS::Queue'][1]?.properties[
    'QueueName'
  ];

describe('a reference in a template', () => {
  it.each([
    [{ Ref: 'Jobs' }, `${AWS_URL}/000000000000/jobs`],
    [{ 'Fn::GetAtt': ['Jobs', 'Arn'] }, 'arn:aws:sqs:us-east-1:000000000000:jobs'],
    [{ 'Fn::GetAtt': ['Jobs', 'QueueName'] }, 'jobs'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 'b']] }, 'a-us-east-1-b'],
    [{ 'Fn::Sub': `${open('AWS::Partition')}:${open('AWS::AccountId')}` }, 'aws:000000000000'],
    [{ 'Fn::Sub': `${open('Jobs.Arn')}/x` }, 'arn:aws:sqs:us-east-1:000000000000:jobs/x'],
  ])('%j is written out', (value, expected) => {
    expect(readName(value)).toBe(expected);
  });

  it.each([
    [{ Ref: 'Jbos' }, 'Other.QueueName: refers to Jbos, which is not there'],
    [{ Ref: 'AWS::StackId' }, 'refers to AWS::StackId, which is not there'],
    [{ 'Fn::GetAtt': ['Jobs', 'Colour'] }, 'asks for Jobs.Colour'],
    [{ 'Fn::If': ['Large', 'a', 'b'] }, 'does not know this use of Fn::If'],
    [{ 'Fn::Sub': [open('a'), { a: 'b' }] }, 'does not know this use of Fn::Sub'],
  ])('%j is refused by name', (value, problem) => {
    expect(() => readName(value)).toThrow(problem);
  });

  it('to what has no name is refused', () => {
    const Policy = { Type: 'AWS::IAM::Policy', Properties: {} };
    expect(() => read({ Policy, Jobs: queue({ QueueName: { Ref: 'Policy' } }) })).toThrow(
      'Jobs.QueueName: refers to Policy: the local stack cannot name an AWS::IAM::Policy',
    );
    const Nameless = { Type: 'AWS::SQS::Queue', Properties: {} };
    expect(() => read({ Nameless, Jobs: queue({ QueueName: { Ref: 'Nameless' } }) })).toThrow(
      'Nameless: an AWS::SQS::Queue without QueueName gets a name that AWS makes up',
    );
  });
});

describe('a resource in a template', () => {
  it('of an unknown type is refused', () => {
    expect(() => read({ Topic: { Type: 'AWS::SNS::Topic' } })).toThrow(
      'Topic: the local stack cannot make an AWS::SNS::Topic',
    );
  });

  it('with an unknown property is refused', () => {
    expect(() => read({ Jobs: queue({ Colour: 'red' }) })).toThrow(
      'Jobs: the local stack does not know Colour of an AWS::SQS::Queue',
    );
  });

  it('with a secret in it is refused: secrets are made empty', () => {
    const Properties = { Name: 'a', SecretString: 'hunter2' };
    const refuse = () => read({ Key: { Type: 'AWS::SecretsManager::Secret', Properties } });
    expect(refuse).toThrow('does not know SecretString');
    expect(refuse).not.toThrow('hunter2');
  });

  it('under a condition is refused', () => {
    expect(() => read({ Jobs: { ...queue({}), Condition: 'Large' } })).toThrow('Condition');
  });

  it('that is a function of another deployment is refused', () => {
    const Properties = {
      FunctionName: 'other-api',
      Handler: 'index.handler',
      MemorySize: 512,
      Timeout: 30,
      Environment: { Variables: {} },
    };
    const resources = read({ Api: { Type: 'AWS::Lambda::Function', Properties } });
    expect(() => readDeployment(resources, 'sluice')).toThrow(
      'other-api: the name of a function begins with "sluice-"',
    );
  });
});
