import { describe, expect, it } from 'vitest';
import { parseStageName, type StageName, stages } from '../../infra/stages.ts';
import { exampleConfig, render } from './rendered.ts';

const rendered = {
  prod: render(exampleConfig, stages.prod),
  dev: render(exampleConfig, stages.dev),
};

/** What of a stage shows in its template. */
function seen(name: StageName) {
  const all = (type: string) => rendered[name].all(type);
  const valuesOf = (type: string, property: string) => [
    ...new Set(all(type).map(({ Properties }) => JSON.stringify(Properties[property]))),
  ];
  const policies = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket'].flatMap((type) =>
    all(type).map(({ DeletionPolicy }) => DeletionPolicy),
  );
  return {
    data: [...new Set(policies)],
    protection: valuesOf('AWS::DynamoDB::Table', 'DeletionProtectionEnabled'),
    recovery: valuesOf('AWS::DynamoDB::Table', 'PointInTimeRecoverySpecification'),
    logDays: valuesOf('AWS::Logs::LogGroup', 'RetentionInDays'),
    memory: valuesOf('AWS::Lambda::Function', 'MemorySize'),
    throttle: valuesOf('AWS::ApiGatewayV2::Stage', 'DefaultRouteSettings'),
    alarms: all('AWS::CloudWatch::Alarm').length > 0,
  };
}

describe('stages', () => {
  it('keep what a production loses nothing of', () => {
    expect(seen('prod')).toEqual({
      data: ['Retain'],
      protection: ['true'],
      recovery: ['{"PointInTimeRecoveryEnabled":true}'],
      logDays: ['90'],
      memory: ['512'],
      throttle: ['{"ThrottlingBurstLimit":200,"ThrottlingRateLimit":100}'],
      alarms: true,
    });
  });

  it('leave nothing behind of a development', () => {
    expect(seen('dev')).toEqual({
      data: ['Delete'],
      protection: ['false'],
      recovery: ['{"PointInTimeRecoveryEnabled":false}'],
      logDays: ['7'],
      memory: ['256'],
      throttle: ['{"ThrottlingBurstLimit":40,"ThrottlingRateLimit":20}'],
      alarms: false,
    });
  });

  it('differ in nothing but that: the same resources but alarms, the same roles and queues', () => {
    const countsOf = (name: StageName) => {
      const types = Object.values(rendered[name].template.toJSON()['Resources']).map(
        (it) => (it as { Type: string }).Type,
      );
      return types.filter((type) => type !== 'AWS::CloudWatch::Alarm').sort();
    };
    expect(countsOf('dev')).toEqual(countsOf('prod'));
    for (const type of ['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'AWS::IAM::Policy']) {
      expect(rendered.dev.all(type)).toEqual(rendered.prod.all(type));
    }
  });

  it('are safe where none is named, and none is guessed', () => {
    expect(parseStageName(undefined)).toBe('prod');
    expect(parseStageName('dev')).toBe('dev');
    expect(() => parseStageName('prd')).toThrow('there is no stage "prd": prod, dev');
  });
});
