/**
 * What the local stack makes of each resource type, property by property. A type or a property that is
 * not here is refused: the local stack would silently be another than the one that is deployed.
 */

interface KnownType {
  /** Properties that are rendered. */
  readonly used: readonly string[];
  /** Properties of what no emulator models: encryption, backups, tags, roles. */
  readonly ignored?: readonly string[];
}

export const madeTypes = {
  'AWS::SQS::Queue': {
    used: [
      'QueueName',
      'ContentBasedDeduplication',
      'DeduplicationScope',
      'DelaySeconds',
      'FifoQueue',
      'FifoThroughputLimit',
      'KmsDataKeyReusePeriodSeconds',
      'KmsMasterKeyId',
      'MaximumMessageSize',
      'MessageRetentionPeriod',
      'ReceiveMessageWaitTimeSeconds',
      'RedriveAllowPolicy',
      'RedrivePolicy',
      'SqsManagedSseEnabled',
      'VisibilityTimeout',
    ],
    ignored: ['Tags'],
  },
  'AWS::DynamoDB::Table': {
    used: [
      'TableName',
      'AttributeDefinitions',
      'BillingMode',
      'GlobalSecondaryIndexes',
      'KeySchema',
      'TimeToLiveSpecification',
    ],
    ignored: [
      'DeletionProtectionEnabled',
      'PointInTimeRecoverySpecification',
      'SSESpecification',
      'Tags',
    ],
  },
  'AWS::S3::Bucket': {
    used: ['BucketName'],
    ignored: [
      'BucketEncryption',
      'LifecycleConfiguration',
      'LoggingConfiguration',
      'OwnershipControls',
      'PublicAccessBlockConfiguration',
      'Tags',
    ],
  },
  'AWS::Events::EventBus': { used: ['Name'], ignored: ['Description', 'KmsKeyIdentifier', 'Tags'] },
  'AWS::Events::Rule': {
    used: ['Name', 'Description', 'EventBusName', 'EventPattern', 'State', 'Targets'],
    ignored: ['Tags'],
  },
  'AWS::Scheduler::ScheduleGroup': { used: ['Name'], ignored: ['Tags'] },
  'AWS::Scheduler::Schedule': {
    used: [
      'Name',
      'Description',
      'FlexibleTimeWindow',
      'GroupName',
      'ScheduleExpression',
      'ScheduleExpressionTimezone',
      'State',
      'Target',
    ],
    ignored: ['KmsKeyArn'],
  },
  'AWS::SecretsManager::Secret': { used: ['Name', 'Description'], ignored: ['KmsKeyId', 'Tags'] },
  'AWS::Lambda::Function': {
    used: ['FunctionName', 'Environment', 'Handler', 'MemorySize', 'Timeout'],
    ignored: [
      'Architectures',
      'Code',
      'Description',
      'KmsKeyArn',
      'LoggingConfig',
      'Role',
      'Runtime',
      'Tags',
      'TracingConfig',
    ],
  },
  'AWS::Lambda::EventSourceMapping': {
    used: ['BatchSize', 'EventSourceArn', 'FunctionName', 'FunctionResponseTypes', 'ScalingConfig'],
    ignored: ['Tags'],
  },
  'AWS::ApiGatewayV2::Route': {
    used: ['RouteKey', 'Target'],
    ignored: ['ApiId', 'AuthorizationType'],
  },
  'AWS::ApiGatewayV2::Integration': {
    used: ['IntegrationType', 'IntegrationUri', 'PayloadFormatVersion'],
    ignored: ['ApiId'],
  },
} as const satisfies Record<string, KnownType>;

export type MadeType = keyof typeof madeTypes;

const IAM = 'the emulators have no IAM';
const LOGS = 'what functions log goes to files';
const CLOUDWATCH = 'CloudWatch is not emulated';
const HTTP = 'the HTTP front serves the routes, unsigned and unthrottled';

/** Types that are left out, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': IAM,
  'AWS::IAM::Policy': IAM,
  'AWS::Lambda::Permission': IAM,
  'AWS::S3::BucketPolicy': IAM,
  'AWS::SQS::QueuePolicy': IAM,
  'AWS::KMS::Key': 'the emulators have no KMS',
  'AWS::KMS::Alias': 'the emulators have no KMS',
  'AWS::Lambda::EventInvokeConfig':
    'an asynchronous invocation that fails is reported, not repeated',
  'AWS::Logs::LogGroup': LOGS,
  'AWS::Logs::MetricFilter': LOGS,
  'AWS::CloudWatch::Alarm': CLOUDWATCH,
  'AWS::CloudWatch::CompositeAlarm': CLOUDWATCH,
  'AWS::CloudWatch::Dashboard': CLOUDWATCH,
  'AWS::ApiGatewayV2::Api': HTTP,
  'AWS::ApiGatewayV2::Stage': HTTP,
};
