import { hours, minutes, seconds } from '../../../shared/kernel/duration.ts';

export interface RateHeaderMode {
  readonly sent: boolean;
  /** `"500"` instead of `500`, as one client of the vendor's is written to expect. */
  readonly quoted: boolean;
  readonly lowerCase: boolean;
  /** Also `X-Ratelimit-Bucket`, with the name of the lane. */
  readonly bucket: boolean;
  /** Added to the reset: a vendor whose clock is not the client's. */
  readonly skewSeconds: number;
}

/** What is unknown of the vendor, or differs between its pods, and a test may want either way. */
export interface OpsRampSettings {
  /** Where a token is given; elsewhere is 404. */
  readonly tokenPaths: readonly string[];
  readonly tokenLifeMs: number;
  /** Whether asking again gives the same token with what is left of its life. */
  readonly tokenReuse: boolean;
  readonly expiresInAs: 'string' | 'number';
  readonly rateHeaders: RateHeaderMode;
  /** Whether a 429 names its wait. */
  readonly retryAfter: boolean;
  /** Whose limits a partner's call on a client's path spends. */
  readonly partnerSpends: 'client' | 'partner';
  readonly notFoundAs: 500 | 404;
  /** How many calls find something new not ready yet (500 with code 0005). */
  readonly parentNotReadyTimes: number;
  readonly pageSizeMax: number;
  /** What `nextPageNo` of a last page is. */
  readonly lastNextPageNo: 'absent' | 'zero';
  /** How many new alerts come in before each page of alerts after the first. */
  readonly alertsPerPageTurn: number;
  /** From the answer of `POST /alerts` until the alert can be found. */
  readonly alertDelayMs: number;
  readonly alertActionSpelling: 'camelCase' | 'lower-case';
  readonly repeatedAlertAction: 'accepted' | 'refused';
  /** A run is pending, then in progress, this long each, and then over. */
  readonly jobStepMs: number;
  readonly patchStepMs: number;
  /** The share of installations that fail. */
  readonly patchFailureShare: number;
  readonly processDelayMs: number;
  readonly processStartAnswer: 'empty' | 'instance';
  readonly tunnelDelayMs: number;
  /** Whether a ticket needs a reason to leave its state. */
  readonly ticketReasonRequired: boolean;
  readonly metricPointsMax: number;
}

export const defaultSettings: OpsRampSettings = {
  tokenPaths: ['/auth/oauth/token', '/tenancy/auth/oauth/token'],
  tokenLifeMs: hours(2),
  tokenReuse: true,
  expiresInAs: 'string',
  rateHeaders: { sent: true, quoted: false, lowerCase: false, bucket: false, skewSeconds: 0 },
  retryAfter: false,
  partnerSpends: 'client',
  notFoundAs: 500,
  parentNotReadyTimes: 0,
  pageSizeMax: 500,
  lastNextPageNo: 'absent',
  alertsPerPageTurn: 0,
  alertDelayMs: seconds(2),
  alertActionSpelling: 'camelCase',
  repeatedAlertAction: 'accepted',
  jobStepMs: seconds(5),
  patchStepMs: seconds(10),
  patchFailureShare: 0.1,
  processDelayMs: seconds(10),
  processStartAnswer: 'empty',
  tunnelDelayMs: minutes(2),
  ticketReasonRequired: false,
  metricPointsMax: 10_000,
};
