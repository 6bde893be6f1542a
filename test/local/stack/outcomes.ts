import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { JobView } from '../../../shared/jobs/describe-job.ts';
import type { RunningStack } from './running-stack.ts';

export interface OutcomeEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: { readonly id: string; readonly correlationId: string; readonly status: string };
}

export interface Outcomes {
  /** The event of the job with that correlation id, as soon as it came. */
  event(correlationId: string): Promise<OutcomeEvent>;
  /** The job itself then. */
  job(correlationId: string): Promise<JobView>;
  /** Every event so far with that correlation id. */
  all(correlationId: string): readonly OutcomeEvent[];
  /** Every event so far. */
  readonly seen: readonly OutcomeEvent[];
  stop(): Promise<void>;
}

/** Listens as a user would: a rule on the bus that puts each outcome on a queue of the user's own. */
export async function watchOutcomes(running: RunningStack): Promise<Outcomes> {
  const QueueUrl = await createOutcomeQueue(running);
  const events: OutcomeEvent[] = [];
  const news = createNews();
  const stopping = new AbortController();
  const receive = new ReceiveMessageCommand({
    QueueUrl,
    WaitTimeSeconds: 20,
    MaxNumberOfMessages: 10,
  });
  const listen = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const { Messages = [] } = await running.sqs.send(receive, { abortSignal: stopping.signal });
      for (const { Body = '' } of Messages) events.push(JSON.parse(Body));
      news.tell();
    }
  };
  const listening = listen().catch(news.fail);
  const all = (id: string) => events.filter(({ detail }) => detail.correlationId === id);
  const event = async (correlationId: string): Promise<OutcomeEvent> => {
    for (;;) {
      const [found] = all(correlationId);
      if (found) return found;
      await news.next();
    }
  };
  return {
    event,
    all,
    seen: events,
    job: async (correlationId) => running.job((await event(correlationId)).detail.id),
    async stop() {
      stopping.abort();
      await listening;
    },
  };
}

/** Wakes all who wait; once it failed, nobody waits any more. */
function createNews() {
  let coming = Promise.withResolvers<void>();
  coming.promise.catch(() => undefined);
  return {
    next: () => coming.promise,
    tell() {
      coming.resolve();
      coming = Promise.withResolvers();
      coming.promise.catch(() => undefined);
    },
    fail: (error: unknown) => coming.reject(error),
  };
}

async function createOutcomeQueue({ sqs, events }: RunningStack): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName: 'outcomes', Attributes: { VisibilityTimeout: '43200' } }),
  );
  const rule = { EventBusName: 'sluice', EventPattern: JSON.stringify({ source: ['sluice'] }) };
  await events.send(new PutRuleCommand({ Name: 'outcomes', ...rule }));
  await events.send(
    new PutTargetsCommand({
      Rule: 'outcomes',
      EventBusName: 'sluice',
      Targets: [{ Id: 'outcomes', Arn: 'arn:aws:sqs:us-east-1:000000000000:outcomes' }],
    }),
  );
  return QueueUrl;
}
