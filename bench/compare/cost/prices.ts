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
}

interface Price {
  readonly what: string;
  readonly usdPerMillion: number;
  readonly source: string;
}

export const PRICES_AS_OF = '2026-06';

const MEMORY = 'from memory, not looked up';

export const prices: { readonly [K in keyof Billed]: Price } = {
  invocations: { what: 'Lambda, a request', usdPerMillion: 0.2, source: MEMORY },
  gigabyteSeconds: { what: 'Lambda arm64, a GB-second', usdPerMillion: 13.3334, source: MEMORY },
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
  events: { what: 'EventBridge, a custom event', usdPerMillion: 1, source: MEMORY },
  scheduledTicks: { what: 'EventBridge Scheduler, a tick', usdPerMillion: 1, source: MEMORY },
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
};

export const usdOf = (billed: Billed): number =>
  Object.entries(prices).reduce(
    (usd, [kind, { usdPerMillion }]) =>
      usd + (billed[kind as keyof Billed] * usdPerMillion) / 1_000_000,
    0,
  );

export const usdPerMillionJobs = (billed: Billed, jobs: number): number | undefined =>
  jobs === 0 ? undefined : (usdOf(billed) / jobs) * 1_000_000;
