/** Whole objects of one S3 bucket: the few calls that results and notes need. */
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { orUnavailable } from './or-unavailable.ts';

export interface S3BucketOptions {
  readonly client: S3Client;
  readonly bucket: string;
}

export interface StoredObject {
  readonly bytes: Uint8Array;
  readonly metadata: Readonly<Record<string, string>>;
}

export async function putObject(
  { client, bucket }: S3BucketOptions,
  key: string,
  bytes: Uint8Array,
  contentType: string,
  metadata: Record<string, string> = {},
): Promise<void> {
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: bytes,
    ContentType: contentType,
    Metadata: metadata,
  });
  await orUnavailable(`the bucket ${bucket}`, client.send(command));
}

/** Needs `s3:ListBucket` besides `s3:GetObject`: without it S3 answers 403, not 404, for a gone key. */
export async function findObject(
  { client, bucket }: S3BucketOptions,
  key: string,
): Promise<StoredObject | undefined> {
  const read = async (): Promise<StoredObject | undefined> => {
    try {
      const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      const bytes = (await object.Body?.transformToByteArray()) ?? new Uint8Array();
      return { bytes, metadata: object.Metadata ?? {} };
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  };
  return await orUnavailable(`the bucket ${bucket}`, read());
}
