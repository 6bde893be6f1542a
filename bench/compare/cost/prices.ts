/**
 * What AWS asks, as data: the one table of prices. us-east-1, without free tiers and volume discounts.
 * AWS's own pages fill their figures in by script, so that what could be read are pages that repeat
 * them; each row says which, and of when. Pure.
 */

interface Price {
  readonly what: string;
  readonly usd: number;
  /** For so many. */
  readonly per: number;
  readonly source: string;
}

export const PRICES_AS_OF = '2026-06';

const MEMORY = 'from memory, not looked up';
const LAMBDA = 'cloudchipr.com/blog/aws-lambda-pricing, 2024';
const LAMBDA_REQUEST = 'git.mcrn.ar/mariano/lambda_local_runner: lambda-13-cost.md, 2026-05';
const SQS = 'cloudburn.io/blog/amazon-sqs-pricing, 2026-03; factualminds.com, 2026-06';
const DYNAMODB = 'airbyte.com/data-engineering-resources/dynamodb-pricing, 2025-07';
const EVENTBRIDGE = 'cloudburn.io/blog/amazon-eventbridge-pricing, 2026-03';
const S3 = 'devnotes.tech/understanding-aws-s3-pricing-a-complete-cost-breakdown-with-examples';
const CLOUDWATCH =
  'factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards, 2026-06';
const XRAY = 'aws.amazon.com/de/xray/pricing; awsnegotiations.com/x-ray-pricing-strategy.html';
const KMS = 'wring.co/blog/aws-kms-pricing-guide';
const SECRETS = 'hivebook.wiki/wiki/aws-secrets-manager-rotated-secrets-dynamic-db-credentials-kms';

const million = 1_000_000;
const gigabyte = 1_000_000_000;

export const prices = {
  invocations: { what: 'Lambda, a request', usd: 0.2, per: million, source: LAMBDA_REQUEST },
  gigabyteSeconds: {
    what: 'Lambda arm64, a GB-second',
    usd: 13.3334,
    per: million,
    source: LAMBDA,
  },
  standardQueueRequests: { what: 'SQS standard, a request', usd: 0.4, per: million, source: SQS },
  fifoQueueRequests: { what: 'SQS FIFO, a request', usd: 0.5, per: million, source: SQS },
  writeUnits: {
    what: 'DynamoDB on demand, a write unit (1 KB)',
    usd: 0.625,
    per: million,
    source: DYNAMODB,
  },
  readUnits: {
    what: 'DynamoDB on demand, a read unit (4 KB)',
    usd: 0.125,
    per: million,
    source: DYNAMODB,
  },
  events: { what: 'EventBridge, a custom event', usd: 1, per: million, source: EVENTBRIDGE },
  scheduledTicks: {
    what: 'EventBridge Scheduler, an invocation',
    usd: 1,
    per: million,
    source: EVENTBRIDGE,
  },
  httpRequests: {
    what: 'API Gateway HTTP API, a request (512 KB)',
    usd: 1,
    per: million,
    source: 'awsforengineers.com/blog/aws-api-gateway-pricing-explained, 2025-05',
  },
  logBytes: {
    what: 'CloudWatch Logs, a byte taken in',
    usd: 0.5,
    per: gigabyte,
    source: CLOUDWATCH,
  },
  traces: { what: 'X-Ray, a trace recorded', usd: 5, per: million, source: XRAY },
  objectWrites: { what: 'S3, a PUT', usd: 0.005, per: 1_000, source: S3 },
  objectReads: { what: 'S3, a GET', usd: 0.0004, per: 1_000, source: S3 },
  secretReads: { what: 'Secrets Manager, an API call', usd: 0.05, per: 10_000, source: SECRETS },
  keyUses: { what: 'KMS, a request', usd: 0.03, per: 10_000, source: KMS },
  secretMonths: {
    what: 'Secrets Manager, a secret for a month',
    usd: 0.4,
    per: 1,
    source: SECRETS,
  },
  alarmMonths: {
    what: 'CloudWatch, a metric of an alarm for a month',
    usd: 0.1,
    per: 1,
    source: MEMORY,
  },
  dashboardMonths: {
    what: 'CloudWatch, a dashboard for a month',
    usd: 3,
    per: 1,
    source: CLOUDWATCH,
  },
  metricMonths: {
    what: 'CloudWatch, a custom metric for a month',
    usd: 0.3,
    per: 1,
    source: 'signoz.io/guides/cloudwatch-pricing, 2026-02',
  },
  keyMonths: { what: 'KMS, a key for a month', usd: 1, per: 1, source: KMS },
  tableByteMonths: {
    what: 'DynamoDB, a byte for a month',
    usd: 0.25,
    per: gigabyte,
    source: 'aws.amazon.com/dynamodb/pricing, an older copy',
  },
  backupByteMonths: {
    what: 'DynamoDB point-in-time recovery, a byte for a month',
    usd: 0.2,
    per: gigabyte,
    source: 'finops.com.py/services/dynamodb/backups',
  },
  objectByteMonths: {
    what: 'S3 Standard, a byte for a month',
    usd: 0.023,
    per: gigabyte,
    source: S3,
  },
  logByteMonths: {
    what: 'CloudWatch Logs, a byte kept for a month',
    usd: 0.03,
    per: gigabyte,
    source: MEMORY,
  },
} as const satisfies Readonly<Record<string, Price>>;

/** What is billed, by kind. */
export type BilledKind = keyof typeof prices;

export const billedKinds = Object.keys(prices) as readonly BilledKind[];

/** How much of what is billed was used. */
export type Billed = Readonly<Record<BilledKind, number>>;

export const nothingBilled: Billed = billedOf(() => 0);

export function billedOf(amount: (kind: BilledKind) => number): Billed {
  return Object.fromEntries(billedKinds.map((kind) => [kind, amount(kind)])) as Billed;
}

export const addBilled = (...all: readonly Partial<Billed>[]): Billed =>
  billedOf((kind) => all.reduce((sum, it) => sum + (it[kind] ?? 0), 0));

export const timesBilled = (billed: Billed, factor: number): Billed =>
  billedOf((kind) => billed[kind] * factor);

export const usdOfKind = (kind: BilledKind, amount: number): number =>
  (amount * prices[kind].usd) / prices[kind].per;

export const usdOf = (billed: Billed): number =>
  billedKinds.reduce((usd, kind) => usd + usdOfKind(kind, billed[kind]), 0);

export const usdPerMillionJobs = (billed: Billed, jobs: number): number | undefined =>
  jobs === 0 ? undefined : (usdOf(billed) / jobs) * 1_000_000;
