/** The operations on queues: create, find, list, describe, change, tag, purge, delete. */
import * as z from 'zod';
import { SqsError } from '../errors.ts';
import type { SqsQueue } from '../sqs-queue.ts';
import {
  operation,
  QueueUrl,
  queueOf,
  queueUrl,
  type SqsOperation,
  StringMap,
} from './operation.ts';

const QueueName = z.object({ QueueName: z.string() });
const Page = z.object({ MaxResults: z.int().min(1).max(1_000), NextToken: z.string() }).partial();

export const queueOperations: Readonly<Record<string, SqsOperation>> = {
  CreateQueue: operation(
    QueueName.extend({ Attributes: StringMap.optional(), tags: StringMap.optional() }),
    ({ QueueName: name, Attributes = {}, tags = {} }, call) => {
      const queue = call.service.model.createQueue(name, Attributes, call.nowMs);
      for (const [key, value] of Object.entries(tags)) queue.tags.set(key, value);
      return { QueueUrl: queueUrl(call, queue) };
    },
  ),
  GetQueueUrl: operation(QueueName, ({ QueueName: name }, call) => ({
    QueueUrl: queueUrl(call, call.service.model.getQueue(name)),
  })),
  ListQueues: operation(
    Page.extend({ QueueNamePrefix: z.string().optional() }),
    ({ QueueNamePrefix: prefix = '', ...page }, call) => {
      const queues = call.service.model.queues().filter(({ name }) => name.startsWith(prefix));
      const { items, NextToken } = pageOf(queues, page);
      return { QueueUrls: items.map((queue) => queueUrl(call, queue)), NextToken };
    },
  ),
  ListDeadLetterSourceQueues: operation(
    QueueUrl.extend(Page.shape),
    ({ QueueUrl: url, ...page }, call) => {
      const sources = call.service.model.deadLetterSources(queueOf(call, url).arn);
      const { items, NextToken } = pageOf(sources, page);
      return { queueUrls: items.map((queue) => queueUrl(call, queue)), NextToken };
    },
  ),
  GetQueueAttributes: operation(
    QueueUrl.extend({ AttributeNames: z.array(z.string()).optional() }),
    ({ QueueUrl: url, AttributeNames = [] }, call) => ({
      Attributes: selectAttributes(describe(queueOf(call, url), call.nowMs), AttributeNames),
    }),
  ),
  SetQueueAttributes: operation(
    QueueUrl.extend({ Attributes: StringMap }),
    ({ QueueUrl: url, Attributes }, call) => {
      call.service.model.setQueueAttributes(queueOf(call, url).name, Attributes, call.nowMs);
      return {};
    },
  ),
  PurgeQueue: operation(QueueUrl, ({ QueueUrl: url }, call) => {
    queueOf(call, url).purge(call.nowMs);
    return {};
  }),
  DeleteQueue: operation(QueueUrl, ({ QueueUrl: url }, call) => {
    call.service.model.deleteQueue(queueOf(call, url).name);
    return {};
  }),
  TagQueue: operation(QueueUrl.extend({ Tags: StringMap }), ({ QueueUrl: url, Tags }, call) => {
    const { tags } = queueOf(call, url);
    for (const [key, value] of Object.entries(Tags)) tags.set(key, value);
    return {};
  }),
  UntagQueue: operation(
    QueueUrl.extend({ TagKeys: z.array(z.string()) }),
    ({ QueueUrl: url, TagKeys }, call) => {
      const { tags } = queueOf(call, url);
      for (const key of TagKeys) tags.delete(key);
      return {};
    },
  ),
  ListQueueTags: operation(QueueUrl, ({ QueueUrl: url }, call) => ({
    Tags: Object.fromEntries(queueOf(call, url).tags),
  })),
};

function pageOf<T>(
  items: readonly T[],
  { MaxResults, NextToken }: z.infer<typeof Page>,
): { items: readonly T[]; NextToken: string | undefined } {
  const start = Number(NextToken ?? 0);
  const end = start + (MaxResults ?? items.length);
  return {
    items: items.slice(start, end),
    NextToken: end < items.length ? String(end) : undefined,
  };
}

function describe(queue: SqsQueue, nowMs: number): Record<string, string> {
  const { visible, inFlight, delayed } = queue.counts(nowMs);
  return {
    ...queue.attributes,
    QueueArn: queue.arn,
    CreatedTimestamp: String(Math.floor(queue.createdAtMs / 1_000)),
    LastModifiedTimestamp: String(Math.floor(queue.lastModifiedAtMs / 1_000)),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
  };
}

/** Attributes a queue may have without having them now: asking for one is no error. */
const OPTIONAL = new Set([
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
]);

function selectAttributes(all: Record<string, string>, names: readonly string[]) {
  if (names.includes('All')) return all;
  const unknown = names.find((name) => !(name in all || OPTIONAL.has(name)));
  if (unknown !== undefined) {
    throw new SqsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}
