/**
 * What one emulated AWS service is to the endpoint: a name from the SigV4 credential scope and a
 * function from request to response. Services know nothing of sockets or ports.
 */
export interface AwsRequest {
  readonly method: string;
  /** The path as sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Aborts when the caller hangs up or the endpoint closes; a long poll must then end. */
  readonly signal: AbortSignal;
}

export interface AwsResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** The answer gets lost: the socket is destroyed before any byte of it is sent. */
  readonly hangUp?: true;
}

export interface AwsService {
  /** The service name of the SigV4 credential scope: `dynamodb`, `s3`, `sqs`, … */
  readonly name: string;
  handle(request: AwsRequest): Promise<AwsResponse>;
  /** The operation that `request` asks for; without it the suffix of `x-amz-target` is taken. */
  readonly nameOperation?: (request: AwsRequest) => string;
  /** The service's own spelling of an injected failure; without it the JSON protocol's is sent. */
  readonly answerFault?: (fault: ErrorFault) => AwsResponse;
}

/** A failure that is answered instead of the real result; nothing was applied. */
export type ErrorFault =
  | { readonly kind: 'throttle' }
  | { readonly kind: 'server-error'; readonly status: 500 | 502 | 503 | 504 };

/** `answer-lost`: the request is applied, then the socket destroyed before any byte is sent. */
export type Fault = ErrorFault | { readonly kind: 'answer-lost' };

/** One finished call, as told to the endpoint's listener; `status` 0: no answer was sent. */
export interface AwsCall {
  readonly service: string;
  readonly operation: string;
  readonly status: number;
}

const AMZ_TARGET = 'x-amz-target';

export function nameOperation(service: AwsService, request: AwsRequest): string {
  if (service.nameOperation !== undefined) return service.nameOperation(request);
  return targetOperation(request.headers) ?? request.method;
}

/** `GetItem` of `x-amz-target: DynamoDB_20120810.GetItem`. */
export const targetOperation = (headers: AwsRequest['headers']): string | undefined =>
  headers[AMZ_TARGET]?.split('.')[1];

/** `DynamoDB_20120810` of `x-amz-target: DynamoDB_20120810.GetItem`. */
export const targetPrefix = (headers: AwsRequest['headers']): string | undefined =>
  headers[AMZ_TARGET]?.split('.')[0];
