/** Which S3 operation a request is: the first row that fits, most particular first. */
import type { AwsRequest } from '../endpoint/aws-service.ts';
import * as buckets from './bucket-requests.ts';
import type { MultipartHandlers } from './multipart.ts';
import * as objects from './object-requests.ts';
import type { S3Address } from './s3-address.ts';
import type { S3Handler } from './s3-context.ts';

export interface S3Route {
  readonly operation: string;
  readonly method: string;
  readonly scope: 'service' | 'bucket' | 'object';
  /** Query parameters that must be there. */
  readonly query?: readonly string[];
  readonly header?: string;
  readonly handler: S3Handler;
}

export function s3Routes(multipart: MultipartHandlers): readonly S3Route[] {
  const part = ['uploadId'];
  return [
    row('ListBuckets', 'GET', 'service', buckets.listBuckets),
    row('ListObjectsV2', 'GET', 'bucket', buckets.listObjectsV2, { query: ['list-type'] }),
    row('DeleteObjects', 'POST', 'bucket', buckets.deleteObjects, { query: ['delete'] }),
    row('CreateBucket', 'PUT', 'bucket', buckets.createBucket),
    row('HeadBucket', 'HEAD', 'bucket', buckets.headBucket),
    row('DeleteBucket', 'DELETE', 'bucket', buckets.deleteBucket),
    row('CreateMultipartUpload', 'POST', 'object', multipart.start, { query: ['uploads'] }),
    row('UploadPart', 'PUT', 'object', multipart.putPart, { query: part }),
    row('CompleteMultipartUpload', 'POST', 'object', multipart.complete, { query: part }),
    row('AbortMultipartUpload', 'DELETE', 'object', multipart.abort, { query: part }),
    row('CopyObject', 'PUT', 'object', objects.copyObject, { header: 'x-amz-copy-source' }),
    row('PutObject', 'PUT', 'object', objects.putObject),
    row('GetObject', 'GET', 'object', objects.getObject),
    row('HeadObject', 'HEAD', 'object', objects.headObject),
    row('DeleteObject', 'DELETE', 'object', objects.deleteObject),
  ];
}

const row = (
  operation: string,
  method: string,
  scope: S3Route['scope'],
  handler: S3Handler,
  also: Pick<S3Route, 'query' | 'header'> = {},
): S3Route => ({ operation, method, scope, handler, ...also });

/** Requests that change a bucket's settings (`?versioning`, `?policy`, …) have no row. */
const settings = ['versioning', 'policy', 'lifecycle', 'tagging', 'acl', 'encryption', 'cors'];

export function findRoute(
  routes: readonly S3Route[],
  { method, query, headers }: AwsRequest,
  { bucket, key }: S3Address,
): S3Route | undefined {
  if (settings.some((name) => query.has(name))) return undefined;
  const scope = bucket === '' ? 'service' : key === '' ? 'bucket' : 'object';
  return routes.find(
    (route) =>
      route.method === method &&
      route.scope === scope &&
      (route.query ?? []).every((name) => query.has(name)) &&
      (route.header === undefined || headers[route.header] !== undefined),
  );
}
