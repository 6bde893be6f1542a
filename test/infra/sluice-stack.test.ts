import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { apiContract, apiRoutes } from '../../functions/api/contract.ts';
import { webhookRoutes } from '../../functions/webhook/contract.ts';
import { workerContract } from '../../functions/worker/contract.ts';
import { environmentNames } from '../../shared/config/environment.ts';
import { exampleConfig, render } from './rendered.ts';

const rendered = render(exampleConfig);
const propertiesOf = (type: string) => rendered.all(type).map(({ Properties }) => Properties);
const functionNamed = (name: string) =>
  rendered.one('AWS::Lambda::Function', 'FunctionName', name).Properties;

const Variables = z.object({ Variables: z.record(z.string(), z.string()) });
const variablesOf = (properties: Record<string, unknown>) =>
  Variables.parse(properties['Environment']).Variables;

describe('functions', () => {
  it('run on Node 24 and arm64, are traced, and log to a group that forgets', () => {
    const functions = propertiesOf('AWS::Lambda::Function');
    expect(functions).toHaveLength(5);
    for (const properties of functions) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogGroup: `/aws/lambda/${properties['FunctionName']}` },
      });
    }
    for (const group of propertiesOf('AWS::Logs::LogGroup')) {
      expect(group).toMatchObject({ RetentionInDays: 90 });
    }
  });

  it.each([
    ['sluice-api', apiContract],
    ['sluice-worker-automox', workerContract],
  ])('%s gets the memory, the time and the variables of its contract', (name, contract) => {
    const properties = functionNamed(name);
    expect(properties).toMatchObject({
      MemorySize: contract.memoryMb,
      Timeout: contract.timeoutMs / 1_000,
    });
    expect(Object.keys(variablesOf(properties)).sort()).toEqual(
      contract.environment.map((key) => environmentNames[key]).sort(),
    );
  });

  it('are told where things are', () => {
    expect(variablesOf(functionNamed('sluice-worker-automox'))).toEqual({
      SLUICE_CONFIG_FILE: '/var/task/sluice.config.json',
      SLUICE_JOBS_TABLE: 'sluice-jobs',
      SLUICE_BUDGETS_TABLE: 'sluice-budgets',
      SLUICE_RESULTS_BUCKET: 'sluice-results-AWS::AccountId-AWS::Region',
      SLUICE_BUS_NAME: 'sluice',
      SLUICE_QUEUE_URLS: '{"automox":"sluice-automox.fifo"}',
    });
  });

  it('S11 have no secret, nor the name of one, in their environment', () => {
    for (const properties of propertiesOf('AWS::Lambda::Function')) {
      expect(JSON.stringify(variablesOf(properties))).not.toMatch(
        /sluice\/(accounts|webhooks)|:secret:/,
      );
    }
  });
});

describe('the HTTP API', () => {
  const routes = propertiesOf('AWS::ApiGatewayV2::Route');

  it('has the routes of the contracts and no other', () => {
    expect(routes.map(({ RouteKey }) => RouteKey).sort()).toEqual(
      [...apiRoutes, ...webhookRoutes].map(({ route }) => route).sort(),
    );
  });

  it.each([...apiRoutes, ...webhookRoutes])('$route is open: $open', ({ route, open }) => {
    expect(routes.find(({ RouteKey }) => RouteKey === route)).toMatchObject({
      AuthorizationType: open ? 'NONE' : 'AWS_IAM',
    });
  });

  it('S23 limits its callers and logs each request without headers or bodies', () => {
    const [stage] = propertiesOf('AWS::ApiGatewayV2::Stage');
    expect(stage).toMatchObject({
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
      AccessLogSettings: { DestinationArn: '/aws/vendedlogs/sluice-http' },
    });
    expect(JSON.stringify(stage)).not.toMatch(/header|body|authorization/i);
  });
});

describe('S14 tables', () => {
  const tables = rendered.all('AWS::DynamoDB::Table');

  it('cost by use, can be restored, and outlive the stack', () => {
    expect(tables.map(({ Properties }) => Properties['TableName']).sort()).toEqual([
      'sluice-budgets',
      'sluice-jobs',
    ]);
    for (const table of tables) {
      expect(table.DeletionPolicy).toBe('Retain');
      expect(table.Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    }
  });

  it('forget jobs by their own time, and list them from indexes that hold what lists show', () => {
    const { Properties } = rendered.one('AWS::DynamoDB::Table', 'TableName', 'sluice-jobs');
    expect(Properties).toMatchObject({
      TimeToLiveSpecification: { AttributeName: 'expiresAtS', Enabled: true },
      GlobalSecondaryIndexes: [
        { IndexName: 'by-status', Projection: { ProjectionType: 'INCLUDE' } },
        {
          IndexName: 'by-account',
          Projection: { NonKeyAttributes: expect.arrayContaining(['type', 'progress', 'error']) },
        },
        {
          IndexName: 'by-attention',
          Projection: { ProjectionType: 'KEYS_ONLY' },
          KeySchema: [
            { AttributeName: 'attention', KeyType: 'HASH' },
            { AttributeName: 'attentionAtMs', KeyType: 'RANGE' },
          ],
        },
      ],
    });
    expect(Properties['AttributeDefinitions']).toContainEqual({
      AttributeName: 'attentionAtMs',
      AttributeType: 'N',
    });
  });
});

describe('S14 buckets', () => {
  it('are closed to the public, encrypted, kept with the stack gone, and expire their objects', () => {
    const buckets = rendered.all('AWS::S3::Bucket');
    expect(buckets).toHaveLength(2);
    for (const bucket of buckets) {
      expect(bucket.DeletionPolicy).toBe('Retain');
      expect(bucket.Properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
          ],
        },
        LifecycleConfiguration: { Rules: [{ ExpirationInDays: 90, Status: 'Enabled' }] },
      });
    }
  });

  it('log who reads results', () => {
    const name = 'sluice-results-AWS::AccountId-AWS::Region';
    expect(rendered.one('AWS::S3::Bucket', 'BucketName', name).Properties).toMatchObject({
      LoggingConfiguration: {
        DestinationBucketName: 'sluice-results-access-AWS::AccountId-AWS::Region',
      },
    });
  });
});

describe('outputs', () => {
  it('tell where to send jobs and which secrets wait for a value', () => {
    expect(Object.keys(rendered.template.findOutputs('*')).sort()).toEqual([
      'ApiUrl',
      'BusName',
      'IntakeQueueUrl',
      'SecretIds',
    ]);
    rendered.template.hasOutput('SecretIds', {
      Value: 'sluice/accounts/acme sluice/accounts/umbrella sluice/webhooks/tagging',
    });
  });
});

describe('a stack under another prefix', () => {
  it('shares no name with the usual one', () => {
    const other = render({ ...exampleConfig, prefix: 'sluice-test-a1' });
    const namesOf = (it: typeof other): readonly string[] =>
      Object.values(it.template.toJSON()['Resources'] as Record<string, { Properties?: object }>)
        .flatMap(({ Properties = {} }) => Object.entries(Properties))
        .filter(([key]) => /(^|[a-z])Name$/.test(key) && key !== 'FunctionName')
        .map(([, value]) => JSON.stringify(value))
        .filter((value) => value.includes('sluice'));
    const usual = new Set(namesOf(rendered));
    expect(usual.size).toBeGreaterThan(20);
    expect(namesOf(other).filter((name) => usual.has(name))).toEqual([]);
  });
});
