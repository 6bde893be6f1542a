/**
 * S3 on a laptop: buckets, objects, conditional writes, ranges, listing.
 *
 * Guarantees: a checksum that the client sent is verified; no key leads out of the directory.
 * Refuses to: copy, take uploads in parts, version, encrypt, notify, or verify signatures (presigned
 * links do expire).
 */
import { type Clock, systemClock } from '../../../shared/kernel/clock.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { AwsRequest, AwsResponse, AwsService, ErrorFault } from '../endpoint/aws-service.ts';
import { createBucketStore } from './bucket-store.ts';
import { createDiskArchive, createMemoryArchive } from './object-archive.ts';
import { refuseExpired } from './presigned.ts';
import { parseAddress } from './s3-address.ts';
import { findRoute, nameOther } from './s3-routes.ts';
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
  return {
    name: 's3',
    handle: async (request) => {
      try {
        const nowMs = clock.nowMs();
        refuseExpired(request.query, nowMs);
        const address = parseAddress(request);
        const route = findRoute(request, address) ?? notEmulated(request);
        return await route.handler({ request, store, nowMs, ...address });
      } catch (error) {
        if (!(error instanceof AwsError)) options.onDefect?.(error);
        return errorResponse(error);
      }
    },
    nameOperation: findOperation,
    answerFault: (fault) => errorResponse(faultErrors[fault.kind]),
    close: async () => undefined,
  };
}

function notEmulated(request: AwsRequest): never {
  const message = `not emulated here: ${nameOther(request)}`;
  throw new AwsError('NotImplemented', message, { status: 501 });
}

function findOperation(request: AwsRequest): string {
  try {
    return findRoute(request, parseAddress(request))?.operation ?? nameOther(request);
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
