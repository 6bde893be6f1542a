/** The deepest reason there is: `fetch failed` alone tells nobody anything. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.errors.length > 0) {
    return describeFailure(error.errors[0]);
  }
  return error.cause === undefined ? error.message : describeFailure(error.cause);
}
