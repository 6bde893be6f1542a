import { type Disposition, dispositions, type ErrorCode } from './codes.ts';

/** One thing wrong with one field of an input; `field` is a path such as `params.devices[3]`. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

export interface SluiceErrorOptions {
  readonly cause?: unknown;
  readonly fields?: readonly FieldProblem[];
}

/**
 * The base of every failure Sluice throws. It knows what happened; `dispositions` knows what to do.
 * `message` is written for the person who has to act and never carries a secret.
 */
export class SluiceError extends Error {
  override readonly name: string = 'SluiceError';
  readonly code: ErrorCode;
  readonly fields: readonly FieldProblem[];

  constructor(code: ErrorCode, message: string, options: SluiceErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.fields = options.fields ?? [];
  }

  get disposition(): Disposition {
    return dispositions[this.code];
  }
}

/** `error` itself where it is ours; anything else as `internal.unexpected`, its text kept as cause. */
export function toSluiceError(error: unknown): SluiceError {
  if (error instanceof SluiceError) return error;
  return new SluiceError('internal.unexpected', 'an unexpected error occurred', { cause: error });
}
