/** What Lambda holds a function to, beside its own timeout and memory. */
const QUOTAS = 'AWS Lambda Developer Guide: quotas, "Invocation payload (request and response)"';
const LIFECYCLE = 'AWS Lambda Developer Guide: execution environment lifecycle, "Init phase"';

export const lambdaLimits = {
  /** 6 MB each way of a synchronous invocation; event-source mappings and HTTP APIs invoke so. */
  payloadBytesMax: { value: 6 * 1024 * 1024, source: QUOTAS },
  initMs: { value: 10_000, source: LIFECYCLE },
} as const;
