/**
 * How AWS calls what a template makes: the answers to `Ref` and `Fn::GetAtt`.
 * Source: AWS CloudFormation template reference, "Return values" of each type.
 */

export interface Place {
  /** Of the emulated services. */
  readonly awsUrl: string;
  readonly account: string;
  readonly region: string;
}

interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Kind {
  /** The property that names it; without one, its logical id is its name. */
  readonly named?: string;
  readonly identify: (name: string, place: Place) => Identity;
}

const arnOf = (service: string, { region, account }: Place, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

/** Known by its name, and by an ARN of that service whose last part `below` makes of the name. */
const byName = (service: string, below: (name: string) => string, named?: string): Kind => ({
  ...(named !== undefined && { named }),
  identify: (name, place) => ({
    ref: name,
    attributes: { Arn: arnOf(service, place, below(name)) },
  }),
});

const unnamed: Kind = { identify: (name) => ({ ref: name, attributes: {} }) };

export const kinds: Readonly<Record<string, Kind>> = {
  'AWS::SQS::Queue': {
    named: 'QueueName',
    identify: (name, place) => ({
      ref: `${place.awsUrl}/${place.account}/${name}`,
      attributes: { Arn: arnOf('sqs', place, name), QueueName: name },
    }),
  },
  'AWS::S3::Bucket': {
    named: 'BucketName',
    identify: (name) => ({ ref: name, attributes: { Arn: `arn:aws:s3:::${name}` } }),
  },
  'AWS::SecretsManager::Secret': {
    named: 'Name',
    identify: (name, place) => {
      const Arn = arnOf('secretsmanager', place, `secret:${name}`);
      return { ref: Arn, attributes: { Id: Arn } };
    },
  },
  'AWS::IAM::Role': {
    identify: (name, { account }) => ({
      ref: name,
      attributes: { Arn: `arn:aws:iam::${account}:role/${name}` },
    }),
  },
  'AWS::DynamoDB::Table': byName('dynamodb', (name) => `table/${name}`, 'TableName'),
  'AWS::Events::EventBus': byName('events', (name) => `event-bus/${name}`, 'Name'),
  'AWS::Scheduler::ScheduleGroup': byName('scheduler', (name) => `schedule-group/${name}`, 'Name'),
  'AWS::Lambda::Function': byName('lambda', (name) => `function:${name}`, 'FunctionName'),
  'AWS::Logs::LogGroup': byName('logs', (name) => `log-group:${name}:*`, 'LogGroupName'),
  'AWS::KMS::Key': byName('kms', (name) => `key/${name}`),
  'AWS::ApiGatewayV2::Api': unnamed,
  'AWS::ApiGatewayV2::Integration': unnamed,
};
