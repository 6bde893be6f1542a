/** What AWS asks, as data, and what a run's usage comes to. us-east-1, without free tiers. Pure. */

/** What a run used of what is billed. */
export interface Billed {
  readonly invocations: number;
  readonly gigabyteSeconds: number;
  readonly standardQueueRequests: number;
  readonly fifoQueueRequests: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly events: number;
  readonly scheduledTicks: number;
  readonly httpRequests: number;
  readonly logBytes: number;
  readonly traces: number;
  readonly objectWrites: number;
  readonly objectReads: number;
}

interface Price {
  readonly what: string;
  readonly usdPerMillion: number;
  readonly source: string;
}

export const PRICES_AS_OF = '2026-06';

const MEMORY = 'from memory, not looked up';
const LAMBDA = 'cloudchipr.com/blog/aws-lambda-pricing, 2024';
const EVENTBRIDGE = 'cloudburn.io/blog/amazon-eventbridge-pricing, 2026-03';
const S3 = 'devnotes.tech/understanding-aws-s3-pricing-a-complete-cost-breakdown-with-examples';
const XRAY = 'aws.amazon.com/xray/pricing; awsnegotiations.com/x-ray-pricing-strategy.html';
const KMS = 'wring.co/blog/aws-kms-pricing-guide';
const CLOUDWATCH =
  'factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards, 2026-06';
const SECRETS = 'hivebook.wiki/wiki/aws-secrets-manager-rotated-secrets-dynamic-db-credentials-kms';

const BYTES_OF_GB = 1_073_741_824;

export const prices: { readonly [K in keyof Billed]: Price } = {
  invocations: { what: 'Lambda, a request', usdPerMillion: 0.2, source: LAMBDA },
  gigabyteSeconds: { what: 'Lambda arm64, a GB-second', usdPerMillion: 13.3334, source: LAMBDA },
  standardQueueRequests: {
    what: 'SQS standard, a request',
    usdPerMillion: 0.4,
    source: 'cloudburn.io/blog/amazon-sqs-pricing, 2026-03; factualminds.com, 2026-06',
  },
  fifoQueueRequests: {
    what: 'SQS FIFO, a request',
    usdPerMillion: 0.5,
    source: 'cloudburn.io/blog/amazon-sqs-pricing, 2026-03; factualminds.com, 2026-06',
  },
  writeUnits: {
    what: 'DynamoDB on demand, a write unit (1 KB)',
    usdPerMillion: 0.625,
    source: 'airbyte.com/data-engineering-resources/dynamodb-pricing, 2025-07',
  },
  readUnits: {
    what: 'DynamoDB on demand, a read unit (4 KB)',
    usdPerMillion: 0.125,
    source: 'airbyte.com/data-engineering-resources/dynamodb-pricing, 2025-07',
  },
  events: { what: 'EventBridge, a custom event', usdPerMillion: 1, source: EVENTBRIDGE },
  scheduledTicks: { what: 'EventBridge Scheduler, a tick', usdPerMillion: 1, source: EVENTBRIDGE },
  httpRequests: {
    what: 'API Gateway HTTP API, a request',
    usdPerMillion: 1,
    source: 'awsforengineers.com/blog/aws-api-gateway-pricing-explained, 2025-05',
  },
  logBytes: {
    what: 'CloudWatch Logs, a byte taken in ($0.50 a GB)',
    usdPerMillion: (0.5 / BYTES_OF_GB) * 1_000_000,
    source: CLOUDWATCH,
  },
  traces: { what: 'X-Ray, a recorded trace', usdPerMillion: 5, source: XRAY },
  objectWrites: { what: 'S3, a write', usdPerMillion: 5, source: S3 },
  objectReads: { what: 'S3, a read', usdPerMillion: 0.4, source: S3 },
};

/** What stands there all month, used or not. */
export interface Standing {
  readonly secrets: number;
  readonly alarms: number;
  readonly dashboards: number;
  readonly metrics: number;
  readonly keys: number;
}

export const monthlyPrices: {
  readonly [K in keyof Standing]: {
    readonly what: string;
    readonly usd: number;
    readonly source: string;
  };
} = {
  secrets: { what: 'Secrets Manager, a secret', usd: 0.4, source: SECRETS },
  alarms: {
    what: 'CloudWatch, an alarm',
    usd: 0.1,
    source: MEMORY,
  },
  dashboards: {
    what: 'CloudWatch, a dashboard',
    usd: 3,
    source: CLOUDWATCH,
  },
  metrics: {
    what: 'CloudWatch, a metric that was written to in the month',
    usd: 0.3,
    source: 'signoz.io/guides/cloudwatch-pricing, 2026-02',
  },
  keys: { what: 'KMS, a key of your own', usd: 1, source: KMS },
};

export const nothingBilled: Billed = {
  invocations: 0,
  gigabyteSeconds: 0,
  standardQueueRequests: 0,
  fifoQueueRequests: 0,
  writeUnits: 0,
  readUnits: 0,
  events: 0,
  scheduledTicks: 0,
  httpRequests: 0,
  logBytes: 0,
  traces: 0,
  objectWrites: 0,
  objectReads: 0,
};

export const usdOf = (billed: Billed): number =>
  Object.entries(prices).reduce(
    (usd, [kind, { usdPerMillion }]) =>
      usd + (billed[kind as keyof Billed] * usdPerMillion) / 1_000_000,
    0,
  );

/** By kind, what is not zero. */
export const usdByKind = (billed: Billed): ReadonlyMap<keyof Billed, number> =>
  new Map(
    Object.entries(prices).flatMap(([name, { usdPerMillion }]) => {
      const kind = name as keyof Billed;
      return billed[kind] === 0
        ? []
        : [[kind, (billed[kind] * usdPerMillion) / 1_000_000] as const];
    }),
  );

export const usdPerMillionJobs = (billed: Billed, jobs: number): number | undefined =>
  jobs === 0 ? undefined : (usdOf(billed) / jobs) * 1_000_000;
