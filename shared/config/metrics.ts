/**
 * Every metric of the functions, as data: what they write, and what the dashboard and the alarms read,
 * is this one table.
 */
export const metrics = {
  /** Permits given, by budget: the calls that may be sent. */
  PermitsGranted: { unit: 'Count', dimensions: ['Budget'] },
  /** A head that asked while all permits were out. */
  PermitsDeferred: { unit: 'Count', dimensions: ['Budget'] },
  /** A head that asked while the budget was paused, or stopped by the vendor. */
  PermitsStopped: { unit: 'Count', dimensions: ['Budget'] },
  /** From a denial to the instant at which the head asks again. */
  PermitWaitMs: { unit: 'Milliseconds', dimensions: ['Budget'] },
  /** The most calls of one process that can have fallen into one window, by the bounds it settled. */
  FullestWindow: { unit: 'Count', dimensions: ['Budget'] },
  /** By how much such a window held more than its budget allows. */
  WindowExcess: { unit: 'Count', dimensions: ['Provider'] },
  VendorCallMs: { unit: 'Milliseconds', dimensions: ['Provider'] },
  /** Answers of 429. */
  Throttled: { unit: 'Count', dimensions: ['Provider'] },
  /** Calls whose answer never came. */
  Unanswered: { unit: 'Count', dimensions: ['Provider'] },
  Outcomes: { unit: 'Count', dimensions: ['Provider', 'Outcome'] },
  /** From acceptance to the first call, and every wait since. */
  JobWaitMs: { unit: 'Milliseconds', dimensions: ['Provider'] },
  JobsAccepted: { unit: 'Count', dimensions: ['Way'] },
  /** Messages that are no jobs. */
  JobsRejected: { unit: 'Count', dimensions: ['Way'] },
  /** Jobs that found their lane full. */
  JobsPutOff: { unit: 'Count', dimensions: ['Way'] },
  /** Requests that were answered 500. */
  RequestsFailed: { unit: 'Count', dimensions: ['Function'] },
  /** Deliveries whose signature did not hold, or was too old. */
  SignatureRefusals: { unit: 'Count', dimensions: ['Source'] },
  /** Of the secret whose value is the oldest. */
  OldestSecretAgeDays: { unit: 'None', dimensions: [] },
} as const satisfies Readonly<
  Record<
    string,
    { readonly unit: 'Count' | 'Milliseconds' | 'None'; readonly dimensions: readonly string[] }
  >
>;

export type MetricName = keyof typeof metrics;
