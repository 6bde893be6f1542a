import { createDynamoDbClient, createSqsClient } from '../../shared/aws/clients.ts';
import { createDynamoJobStore } from '../../shared/aws/dynamo-job-store.ts';
import { createSqsJobQueue } from '../../shared/aws/sqs-job-queue.ts';
import type { Topology } from '../../shared/config/topology.ts';
import { requeueOpenJobs } from '../../shared/jobs/reconcile-jobs.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { LOCAL_REGION } from './local-aws.ts';

/**
 * The queues live in memory and the rows on disk: after a restart the queues are built again from the
 * rows. Answers how many jobs were open.
 */
export function requeueAfterRestart(
  awsUrl: string,
  topology: Topology,
  queueUrls: Readonly<Record<string, string>>,
): Promise<number> {
  const options = {
    endpointUrl: awsUrl,
    region: LOCAL_REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  return requeueOpenJobs({
    store: createDynamoJobStore({
      client: createDynamoDbClient(options),
      tableName: topology.tables.jobs.name,
    }),
    queue: createSqsJobQueue({
      client: createSqsClient(options),
      queueUrls,
      clock: systemClock,
    }),
  });
}
