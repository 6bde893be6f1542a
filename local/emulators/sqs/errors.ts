/**
 * The errors of SQS by their modelled names, with the HTTP status and the older query code that the
 * SDKs read from `x-amzn-query-error`. Source: the service model of Amazon SQS (awsQueryError).
 */
const errorTable = {
  BatchEntryIdsNotDistinct: {
    status: 400,
    queryCode: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  },
  BatchRequestTooLong: { status: 400, queryCode: 'AWS.SimpleQueueService.BatchRequestTooLong' },
  EmptyBatchRequest: { status: 400, queryCode: 'AWS.SimpleQueueService.EmptyBatchRequest' },
  InternalFailure: { status: 500, queryCode: 'InternalFailure' },
  InvalidAttributeName: { status: 400, queryCode: 'InvalidAttributeName' },
  InvalidAttributeValue: { status: 400, queryCode: 'InvalidAttributeValue' },
  InvalidBatchEntryId: { status: 400, queryCode: 'AWS.SimpleQueueService.InvalidBatchEntryId' },
  InvalidMessageContents: { status: 400, queryCode: 'InvalidMessageContents' },
  InvalidParameterValue: { status: 400, queryCode: 'InvalidParameterValue' },
  MessageNotInflight: { status: 400, queryCode: 'AWS.SimpleQueueService.MessageNotInflight' },
  MissingParameter: { status: 400, queryCode: 'MissingParameter' },
  OverLimit: { status: 403, queryCode: 'OverLimit' },
  PurgeQueueInProgress: { status: 403, queryCode: 'AWS.SimpleQueueService.PurgeQueueInProgress' },
  QueueDoesNotExist: { status: 400, queryCode: 'AWS.SimpleQueueService.NonExistentQueue' },
  QueueNameExists: { status: 400, queryCode: 'QueueAlreadyExists' },
  ReceiptHandleIsInvalid: { status: 404, queryCode: 'ReceiptHandleIsInvalid' },
  RequestThrottled: { status: 403, queryCode: 'RequestThrottled' },
  ResourceNotFoundException: { status: 404, queryCode: 'ResourceNotFoundException' },
  TooManyEntriesInBatchRequest: {
    status: 400,
    queryCode: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  },
  UnsupportedOperation: { status: 400, queryCode: 'AWS.SimpleQueueService.UnsupportedOperation' },
} as const satisfies Record<string, { status: number; queryCode: string }>;

export type SqsErrorCode = keyof typeof errorTable;

export class SqsError extends Error {
  override readonly name = 'SqsError';
  readonly code: SqsErrorCode;

  constructor(code: SqsErrorCode, message: string) {
    super(message);
    this.code = code;
  }

  get status(): number {
    return errorTable[this.code].status;
  }

  get queryCode(): string {
    return errorTable[this.code].queryCode;
  }

  get isSenderFault(): boolean {
    return this.status < 500;
  }
}

/** AWS's own sentence for a parameter that it refuses. */
export const invalidParameter = (value: unknown, parameter: string, reason: string): SqsError =>
  new SqsError(
    'InvalidParameterValue',
    `Value ${String(value)} for parameter ${parameter} is invalid. Reason: ${reason}`,
  );

export const missingParameter = (parameter: string): SqsError =>
  new SqsError('MissingParameter', `The request must contain the parameter ${parameter}.`);

/** `value` if it is a whole number in the range; throws `InvalidParameterValue` otherwise. */
export function checkRange(value: number, parameter: string, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw invalidParameter(value, parameter, `Must be an integer from ${min} to ${max}.`);
}
