/**
 * S3 on a laptop: buckets, objects, conditional writes, ranges, listing, multipart uploads.
 *
 * Guarantees: a checksum that the client sent is verified; no key leads out of the directory.
 * Refuses to: version, encrypt, notify, or verify signatures (presigned links do expire).
 */
import { type Clock, systemClock } from '../../../shared/kernel/clock.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { AwsRequest, AwsResponse, AwsService, ErrorFault } from '../endpoint/aws-service.ts';
import { createBucketStore } from './bucket-store.ts';
import { createMultipart } from './multipart.ts';
import { createDiskArchive, createMemoryArchive } from './object-archive.ts';
import { refuseExpired } from './presigned.ts';
import { parseAddress } from './s3-address.ts';
import { findRoute, s3Routes } from './s3-routes.ts';
import { toXml } from './xml.ts';

export interface S3Options {
  /** Where objects are kept between runs; in memory when absent. */
  readonly directory?: string;
  readonly clock?: Pick<Clock, 'nowMs'>;
  readonly onDefect?: (error: unknown) => void;
}

export interface S3 extends AwsService {
  close(): Promise<void>;
}

export function createS3(options: S3Options = {}): S3 {
  const clock = options.clock ?? systemClock;
  const { directory } = options;
  const store = createBucketStore(
    directory === undefined ? createMemoryArchive() : createDiskArchive(directory),
  );
  const routes = s3Routes(createMultipart());
  return {
    name: 's3',
    handle: async (request) => {
      try {
        const nowMs = clock.nowMs();
        refuseExpired(request.query, nowMs);
        const address = parseAddress(request);
        const route = findRoute(routes, request, address) ?? notEmulated();
        return await route.handler({ request, store, nowMs, ...address });
      } catch (error) {
        if (!(error instanceof AwsError)) options.onDefect?.(error);
        return errorResponse(error);
      }
    },
    nameOperation: (request) => findOperation(routes, request),
    answerFault: (fault) => errorResponse(faultErrors[fault.kind]),
    close: async () => undefined,
  };
}

function notEmulated(): never {
  throw new AwsError('NotImplemented', 'not emulated here', { status: 501 });
}

function findOperation(routes: ReturnType<typeof s3Routes>, request: AwsRequest): string {
  try {
    return findRoute(routes, request, parseAddress(request))?.operation ?? request.method;
  } catch {
    return request.method;
  }
}

/** Source: Amazon S3 API reference, Error responses. */
const faultErrors: Record<ErrorFault['kind'], AwsError> = {
  throttle: new AwsError('SlowDown', 'Please reduce your request rate.', { status: 503 }),
  'server-error': new AwsError('InternalError', 'We encountered an internal error.', {
    status: 500,
  }),
};

function errorResponse(error: unknown): AwsResponse {
  const known =
    error instanceof AwsError ? error : new AwsError('InternalError', 'defect', { status: 500 });
  return {
    status: known.status,
    headers: { 'content-type': 'application/xml' },
    body: toXml('Error', [
      ['Code', known.code],
      ['Message', known.message],
    ]).replace(/ xmlns="[^"]*"/, ''),
  };
}
