import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createS3Client, createSqsClient } from '../../../shared/aws/clients.ts';
import { startEmulatedAws } from '../../support/emulated-aws.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('AWS clients', () => {
  it('go to AWS_ENDPOINT_URL where it is set', async () => {
    const aws = await startEmulatedAws();
    const { endpointUrl, ...access } = aws.clientOptions;
    vi.stubEnv('AWS_ENDPOINT_URL', endpointUrl);
    const answer = await createSqsClient(access).send(new ListQueuesCommand());
    expect(answer.QueueUrls ?? []).toEqual([]);
    expect(aws.calls).toEqual([{ service: 'sqs', operation: 'ListQueues', status: 200 }]);
    await aws.close();
  });

  it('name the bucket in the path where an endpoint stands in for AWS, and only there', () => {
    vi.stubEnv('AWS_ENDPOINT_URL', undefined);
    expect(createS3Client({ region: 'us-east-1' }).config.forcePathStyle).toBe(false);
    const emulated = createS3Client({ region: 'us-east-1', endpointUrl: 'http://127.0.0.1:1' });
    expect(emulated.config.forcePathStyle).toBe(true);
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:4570');
    expect(createS3Client({ region: 'us-east-1' }).config.forcePathStyle).toBe(true);
  });

  it('try three times unless told otherwise', async () => {
    expect(await createSqsClient({ region: 'us-east-1' }).config.maxAttempts()).toBe(3);
    const once = createSqsClient({ region: 'us-east-1', attemptsMax: 1 });
    expect(await once.config.maxAttempts()).toBe(1);
  });
});
