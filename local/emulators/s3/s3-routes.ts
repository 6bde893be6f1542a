/** Which S3 operation a request is: the row that fits. */
import type { AwsRequest } from '../endpoint/aws-service.ts';
import * as buckets from './bucket-requests.ts';
import * as objects from './object-requests.ts';
import type { S3Address } from './s3-address.ts';
import type { S3Handler } from './s3-context.ts';

interface S3Route {
  readonly operation: string;
  readonly method: string;
  readonly scope: 'service' | 'bucket' | 'object';
  /** The query parameter that must be there. */
  readonly query?: string;
  readonly handler: S3Handler;
}

const row = (
  operation: string,
  method: string,
  scope: S3Route['scope'],
  handler: S3Handler,
  also: Pick<S3Route, 'query'> = {},
): S3Route => ({ operation, method, scope, handler, ...also });

const routes: readonly S3Route[] = [
  row('ListBuckets', 'GET', 'service', buckets.listBuckets),
  row('ListObjectsV2', 'GET', 'bucket', buckets.listObjectsV2, { query: 'list-type' }),
  row('DeleteObjects', 'POST', 'bucket', buckets.deleteObjects, { query: 'delete' }),
  row('CreateBucket', 'PUT', 'bucket', buckets.createBucket),
  row('HeadBucket', 'HEAD', 'bucket', buckets.headBucket),
  row('DeleteBucket', 'DELETE', 'bucket', buckets.deleteBucket),
  row('PutObject', 'PUT', 'object', objects.putObject),
  row('GetObject', 'GET', 'object', objects.getObject),
  row('HeadObject', 'HEAD', 'object', objects.headObject),
  row('DeleteObject', 'DELETE', 'object', objects.deleteObject),
];

/** What makes of a request another operation, one without a row. */
const otherQueries = [
  ...['versioning', 'policy', 'lifecycle', 'tagging', 'acl', 'encryption', 'cors'],
  ...['uploads', 'uploadId'],
];
const OTHER_HEADER = 'x-amz-copy-source';

function findOther({ query, headers }: AwsRequest): string | undefined {
  if (headers[OTHER_HEADER] !== undefined) return OTHER_HEADER;
  const name = otherQueries.find((one) => query.has(one));
  return name === undefined ? undefined : `?${name}`;
}

export function findRoute(request: AwsRequest, { bucket, key }: S3Address): S3Route | undefined {
  if (findOther(request) !== undefined) return undefined;
  const scope = bucket === '' ? 'service' : key === '' ? 'bucket' : 'object';
  return routes.find(
    (route) =>
      route.method === request.method &&
      route.scope === scope &&
      (route.query === undefined || request.query.has(route.query)),
  );
}

/** What a request without a row is called: `UploadPart` by the SDK, else `POST ?uploads`. */
export const nameOther = (request: AwsRequest): string =>
  request.query.get('x-id') ?? `${request.method} ${findOther(request) ?? request.path}`;
