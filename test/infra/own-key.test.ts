import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stages } from '../../infra/stages.ts';
import { Statement, statementsIn } from './policies.ts';
import { exampleConfig, render } from './rendered.ts';

const OTHER = '111111111111';
const config = { ...exampleConfig, senders: { ...exampleConfig.senders, accounts: [OTHER] } };
const rendered = render(config, stages.prod, true);
const [key, ...moreKeys] = rendered.all('AWS::KMS::Key');
const { Statement: keyStatements } = z
  .object({ Statement: z.array(Statement) })
  .parse(key?.Properties['KeyPolicy']);

/** The references of a value to the key, written out. */
const namesKey = (value: unknown): boolean => /^Key[0-9A-F]+$|KeyKey/.test(String(value));

describe('a key of the stack’s own', () => {
  it('is one, is rotated, and outlives the stack with the data', () => {
    expect(moreKeys).toEqual([]);
    expect(key).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { EnableKeyRotation: true },
    });
  });

  it.each([
    ['AWS::SQS::Queue', 'KmsMasterKeyId'],
    ['AWS::Logs::LogGroup', 'KmsKeyId'],
    ['AWS::SecretsManager::Secret', 'KmsKeyId'],
  ])('encrypts every %s', (type, property) => {
    const values = rendered.all(type).map(({ Properties }) => Properties[property]);
    expect(values.length).toBeGreaterThan(1);
    expect(values.filter((value) => !namesKey(value))).toEqual([]);
  });

  it('leaves no queue to the key of SQS', () => {
    const managed = rendered
      .all('AWS::SQS::Queue')
      .map((it) => it.Properties['SqsManagedSseEnabled']);
    expect(new Set(managed)).toEqual(new Set([false]));
  });

  it('encrypts both tables, and the results but not the log of who read them', () => {
    for (const { Properties } of rendered.all('AWS::DynamoDB::Table')) {
      expect(Properties['SSESpecification']).toMatchObject({ SSEEnabled: true, SSEType: 'KMS' });
    }
    const algorithms = rendered
      .all('AWS::S3::Bucket')
      .map(({ Properties }) => JSON.stringify(Properties['BucketEncryption']))
      .map((text) => /"SSEAlgorithm":"([^"]+)"/.exec(text)?.[1]);
    expect(algorithms.sort()).toEqual(['AES256', 'aws:kms']);
  });

  it('may be used by each role, through the services that hold the data alone', () => {
    const uses = statementsIn(rendered, 'AWS::IAM::Policy').filter(({ Action }) =>
      Action.some((action) => action.startsWith('kms:')),
    );
    expect(uses).toHaveLength(rendered.all('AWS::IAM::Role').length);
    for (const { Action, Resource, Condition } of uses) {
      expect(Action).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
      expect(Resource.filter((it) => !namesKey(it))).toEqual([]);
      expect(Condition['StringEquals']?.['kms:ViaService']).toHaveLength(4);
    }
  });

  it('trusts services for this account alone, and named accounts through SQS alone', () => {
    const conditions = keyStatements
      .filter(({ Principal }) => JSON.stringify(Principal).match(/amazonaws\.com|1{12}/))
      .map(({ Principal, Condition }) => [
        Object.values(Principal).flat().join(),
        Object.values(Condition)
          .flatMap((it) => Object.keys(it))
          .join(),
      ]);
    expect(conditions).toEqual([
      ['logs.AWS::Region.amazonaws.com', 'kms:EncryptionContext:aws:logs:arn'],
      ['events.amazonaws.com', 'aws:SourceAccount'],
      ['sns.amazonaws.com', 'aws:SourceAccount'],
      ['s3.amazonaws.com', 'aws:SourceAccount'],
      [`arn:AWS::Partition:iam::${OTHER}:root`, 'kms:ViaService'],
    ]);
  });

  it('lets CloudWatch Logs do all that its guide asks for, looking at the key included', () => {
    const [logs] = keyStatements.filter(({ Principal }) =>
      JSON.stringify(Principal).includes('logs.'),
    );
    expect(logs?.Action).toEqual([
      'kms:Decrypt',
      'kms:Describe*',
      'kms:Encrypt',
      'kms:GenerateDataKey*',
      'kms:ReEncrypt*',
    ]);
  });

  it('is not there where nobody asked for it', () => {
    expect(render(exampleConfig).all('AWS::KMS::Key')).toEqual([]);
  });
});
