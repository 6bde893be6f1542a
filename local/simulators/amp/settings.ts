import { seconds } from '../../../shared/kernel/duration.ts';

/** What is unknown of the vendor, or changes from day to day, and a test may want either way. */
export interface AmpSettings {
  /** Requests in an hour. */
  readonly limit: number;
  /** `sliding` is strict: no hour holds more. `anchored` is seen: the first request opens the hour. */
  readonly window: 'sliding' | 'anchored';
  readonly countedBy: 'business' | 'credential';
  /**
   * `recorded` is `X-RateLimit-*` with a `ResetDate`; `documented` is `X-Rate-Limit-*` without one;
   * `missing` sends none.
   */
  readonly rateHeaders: 'recorded' | 'documented' | 'missing';
  readonly throttledBody: 'envelope' | 'message' | 'empty';
  readonly retryAfter: 'absent' | 'seconds' | 'date';
  /** What `limit` above 500 gets: 500 rows, or 400. */
  readonly limitAboveMax: 'clamp' | 'refuse';
  /** What a read-only credential gets for a write. */
  readonly readOnlyStatus: 401 | 403;
  /** Where `next` points instead of at the simulator, such as `https://elsewhere.example`. */
  readonly nextOrigin: string | null;
  /** Whether `current_item_count` is one more than the rows of the page. */
  readonly miscountsItems: boolean;
  /** How many detections arrive after each page of events was answered. */
  readonly detectionsBetweenPages: number;
  /** Answers larger than this are compressed for clients that accept it. */
  readonly gzipAboveBytes: number;
  /** From the request until a connected computer is isolated, or free again. */
  readonly isolationDelayMs: number;
  /** From a move to another group until a connected computer has the policy of that group. */
  readonly policyDelayMs: number;
}

export const defaultSettings: AmpSettings = {
  limit: 3_000,
  window: 'sliding',
  countedBy: 'business',
  rateHeaders: 'recorded',
  throttledBody: 'envelope',
  retryAfter: 'absent',
  limitAboveMax: 'clamp',
  readOnlyStatus: 403,
  nextOrigin: null,
  miscountsItems: false,
  detectionsBetweenPages: 0,
  gzipAboveBytes: 1_024,
  isolationDelayMs: seconds(20),
  policyDelayMs: seconds(30),
};
