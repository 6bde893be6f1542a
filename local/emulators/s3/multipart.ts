/** Uploads in parts, as the SDK sends bodies of unknown length. Parts wait in memory. */
import { createHash, randomUUID } from 'node:crypto';
import { AwsError } from '../endpoint/aws-error.ts';
import { etagOf } from './checksums.ts';
import { headersToKeep } from './object-record.ts';
import { receiveBody } from './object-requests.ts';
import { empty, type S3Call, type S3Handler, xmlResponse } from './s3-context.ts';
import { textsOf } from './xml.ts';

interface Upload {
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Map<number, Buffer>;
}

export interface MultipartHandlers {
  readonly start: S3Handler;
  readonly putPart: S3Handler;
  readonly complete: S3Handler;
  readonly abort: S3Handler;
}

export function createMultipart(): MultipartHandlers {
  const uploads = new Map<string, Upload>();
  return {
    start: async ({ store, bucket, key, request }) => {
      await store.index(bucket);
      const id = randomUUID();
      uploads.set(id, { headers: headersToKeep(request.headers), parts: new Map() });
      return xmlResponse('InitiateMultipartUploadResult', [
        ['Bucket', bucket],
        ['Key', key],
        ['UploadId', id],
      ]);
    },
    putPart: async (call) => {
      const { body } = receiveBody(call);
      const number = Number(call.request.query.get('partNumber'));
      getUpload(uploads, call).parts.set(number, body);
      return empty(200, { etag: etagOf(body) });
    },
    complete: async (call) => {
      const upload = getUpload(uploads, call);
      const etag = await complete(call, upload);
      uploads.delete(uploadId(call));
      return xmlResponse('CompleteMultipartUploadResult', [
        ['Bucket', call.bucket],
        ['Key', call.key],
        ['ETag', etag],
      ]);
    },
    abort: async (call) => {
      uploads.delete(uploadId(call));
      return empty(204);
    },
  };
}

async function complete(call: S3Call, { headers, parts }: Upload): Promise<string> {
  const numbers = textsOf(call.request.body.toString('utf8'), 'PartNumber').map(Number);
  const bodies = numbers.map((number) => {
    const part = parts.get(number);
    if (part === undefined) throw new AwsError('InvalidPart', `part ${number} was not sent`);
    return part;
  });
  const body = Buffer.concat(bodies);
  const digests = bodies.map((part) => createHash('md5').update(part).digest());
  const joined = createHash('md5').update(Buffer.concat(digests)).digest('hex');
  const etag = `"${joined}-${bodies.length}"`;
  const record = {
    key: call.key,
    sizeBytes: body.length,
    etag,
    lastModifiedMs: call.nowMs,
    headers,
    checksums: {},
  };
  await call.store.write(call.bucket, { record, body });
  return etag;
}

const uploadId = ({ request }: S3Call): string => request.query.get('uploadId') ?? '';

function getUpload(uploads: ReadonlyMap<string, Upload>, call: S3Call): Upload {
  const upload = uploads.get(uploadId(call));
  if (upload !== undefined) return upload;
  throw new AwsError('NoSuchUpload', 'The upload does not exist.', { status: 404 });
}
