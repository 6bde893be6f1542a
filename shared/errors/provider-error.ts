import type { ErrorCode } from './codes.ts';
import { SluiceError, type SluiceErrorOptions } from './sluice-error.ts';

export interface ProviderErrorOptions extends SluiceErrorOptions {
  /** HTTP status, where an answer came. */
  readonly status?: number;
  /** The vendor's own id of the request, for its support. */
  readonly requestId?: string;
  /** The vendor says for certain that it did nothing, whatever the code would suggest. */
  readonly untouched?: boolean;
}

/** A vendor answered, or failed to answer, in a way that stops a step. */
export class ProviderError extends SluiceError {
  override readonly name = 'ProviderError';
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly untouched: boolean;

  constructor(code: ErrorCode, message: string, options: ProviderErrorOptions = {}) {
    super(code, message, options);
    this.status = options.status;
    this.requestId = options.requestId;
    this.untouched = options.untouched ?? false;
  }
}
