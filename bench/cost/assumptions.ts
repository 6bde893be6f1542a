/** What no run on this machine can tell, each with its reason. The page lists every one of them. */
import functions from '../../docs/benchmarks/functions.json' with { type: 'json' };

/** Of a month, as AWS's calculators count it. */
export const HOURS_A_MONTH = 730;
export const SECONDS_A_MONTH = HOURS_A_MONTH * 3_600;
export const DAYS_A_MONTH = HOURS_A_MONTH / 24;

/** Source: github.com/getlift/lift/issues/132: 15 empty receives a minute of an idle queue. */
export const POLLERS = 5;
export const LONG_POLL_S = 20;

/** Of AWS's documentation of PutLogEvents: what an event counts beside its text. */
export const LOG_EVENT_OVERHEAD_BYTES = 26;

/**
 * CPU time of a job as `npm run bench:functions` measured it on a whole core, and the memory at which
 * Lambda gives a whole core (Lambda developer guide: 1,769 MB). Virtual time has waits only.
 */
const CPU_MS = functions.workerCpu.cpuMsPerJob;
const WHOLE_CORE_MB = 1_769;

export const cpuMsOf = (memoryMb: number): number => Math.ceil((CPU_MS * WHOLE_CORE_MB) / memoryMb);

const REQUEST_ID = '79b4f56e-95b1-4643-9700-2807f4e68189';
const TRACE_ID = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=55a1b2c3d4e5f607;Sampled=1';
const TIME = '2026-06-01T12:00:00.000Z';
const tracing = { spanId: '54565fb41ac79632', type: 'X-Amzn-Trace-Id', value: TRACE_ID };
const requestId = REQUEST_ID;

/**
 * What Lambda itself writes for an invocation in the JSON format, by the Telemetry API's schema (Lambda
 * developer guide); none was seen on AWS.
 */
const platformLines = [
  { time: TIME, type: 'platform.start', record: { requestId, version: '$LATEST', tracing } },
  {
    time: TIME,
    type: 'platform.runtimeDone',
    record: {
      requestId,
      status: 'success',
      tracing,
      spans: ['responseLatency', 'responseDuration'].map((name) => ({
        name,
        start: TIME,
        durationMs: 12.345,
      })),
      metrics: { durationMs: 312.345, producedBytes: 24 },
    },
  },
  {
    time: TIME,
    type: 'platform.report',
    record: {
      requestId,
      metrics: {
        durationMs: 312.345,
        billedDurationMs: 313,
        memorySizeMB: 512,
        maxMemoryUsedMB: 128,
      },
      tracing,
      status: 'success',
    },
  },
];

/** What the logger adds to a line where Lambda traces. */
const TRACE_FIELD = `,"xray_trace_id":"1-5759e988-bd862e3fe1be46a994272793"`;

export const logEventBytes = (text: string): number =>
  Buffer.byteLength(text) + LOG_EVENT_OVERHEAD_BYTES;

export const tracedLineBytes = (text: string): number => logEventBytes(text + TRACE_FIELD);

export const PLATFORM_LINES = platformLines.length;
export const PLATFORM_LINES_BYTES = platformLines.reduce(
  (bytes, line) => bytes + logEventBytes(JSON.stringify(line)),
  0,
);

/** The identity of an invocation, as long as on AWS. */
export const invocationNamed = (functionName: string) => ({
  awsRequestId: REQUEST_ID,
  functionName,
  invokedFunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${functionName}`,
});
