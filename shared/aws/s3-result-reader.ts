/** Results for callers. Apart from the store, so that only the API's bundle holds the presigner. */
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { ResultReader } from '../jobs/ports.ts';
import { days } from '../kernel/duration.ts';
import { orUnavailable } from './or-unavailable.ts';
import { findObject, type S3BucketOptions } from './s3-objects.ts';

/** S3 user guide: sharing objects with presigned URLs. */
const LINK_LIFE_MS_MAX = days(7);

export function createS3ResultReader(options: S3BucketOptions): ResultReader {
  const { client, bucket } = options;
  return {
    read: async (key) => (await findObject(options, key))?.bytes,
    async link(key, lifeMs) {
      const command = new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ...asNdjson,
      });
      const expiresIn = Math.ceil(Math.min(lifeMs, LINK_LIFE_MS_MAX) / 1000);
      return await orUnavailable('the signer', getSignedUrl(client, command, { expiresIn }));
    },
  };
}

/** The object is gzip as it lies there; told like this, every HTTP client unpacks it by itself. */
const asNdjson = {
  ResponseContentType: 'application/x-ndjson',
  ResponseContentEncoding: 'gzip',
} as const;
