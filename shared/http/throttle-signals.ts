/**
 * Reads what a vendor says about its limits, in that vendor's dialect: the same header name means
 * an instant at one vendor and seconds to go at another (elastic/beats#32030 mixed them up).
 *
 * Never throws and never trusts: every wait is within 0 and two hours, whatever the headers hold;
 * what makes no sense is undefined, so that the caller's own rule applies.
 */
import { hours } from '../kernel/duration.ts';

/** Header names in lower case, tried in order. */
export interface RateLimitDialect {
  readonly limit: readonly string[];
  readonly remaining: readonly string[];
  readonly reset: readonly string[];
  readonly resetUnit: 'epoch-seconds' | 'seconds-to-go';
  /** Headers with the reset as a date; they win over `reset`. */
  readonly resetDate?: readonly string[];
  /** Headers that name what the call was counted in. */
  readonly bucket?: readonly string[];
  /** Values may be wrapped in double quotes. */
  readonly quoted?: boolean;
  /** The longest wait that a reset can mean; one further away is cut to it. */
  readonly resetMsMax?: number;
}

export interface ThrottleSignals {
  /** Of `retry-after`, in seconds or as a date: how long to stay away. */
  readonly retryAfterMs?: number;
  readonly limit?: number;
  readonly remaining?: number;
  /** Until the vendor's window starts anew. */
  readonly resetInMs?: number;
  /** The vendor's name of what it counted the call in. */
  readonly bucket?: string;
}

export const WAIT_MS_MAX = hours(2);

/** Further away than this a reset is a mistake: another unit, a broken clock. */
const RESET_BELIEVED_MS_MAX = hours(24);

/** No vendor window is longer; no epoch of this century is smaller. */
const SECONDS_TO_GO_MAX = 86_400;

/** `x-ratelimit-*` and `x-rate-limit-*`: vendors document one and send the other. */
export const xRateLimitDialect = (
  resetUnit: RateLimitDialect['resetUnit'],
  more: Partial<RateLimitDialect> = {},
): RateLimitDialect => ({
  limit: ['x-ratelimit-limit', 'x-rate-limit-limit'],
  remaining: ['x-ratelimit-remaining', 'x-rate-limit-remaining'],
  reset: ['x-ratelimit-reset', 'x-rate-limit-reset'],
  resetUnit,
  ...more,
});

/** Instants are taken relative to the answer's own `date`, so the two clocks need not agree. */
export function parseThrottleSignals(
  headers: Readonly<Record<string, string>>,
  dialect: RateLimitDialect,
  nowMs: number,
): ThrottleSignals {
  const read = (names: readonly string[]): string | undefined => {
    const value = names.map((name) => headers[name]).find((text) => text !== undefined);
    return dialect.quoted ? value?.trim().replace(/^"(.*)"$/, '$1') : value;
  };
  const answeredAtMs = dateMs(headers['date']) ?? nowMs;
  const resetMs =
    believed(dateMs(read(dialect.resetDate ?? [])), answeredAtMs) ??
    resetInMs(read(dialect.reset), dialect.resetUnit, answeredAtMs);
  return known({
    retryAfterMs: retryAfterMs(read(['retry-after']), answeredAtMs),
    limit: wholeNumber(read(dialect.limit)),
    remaining: wholeNumber(read(dialect.remaining)),
    resetInMs: resetMs === undefined ? undefined : Math.min(resetMs, dialect.resetMsMax ?? resetMs),
    bucket: bucketName(read(dialect.bucket ?? [])),
  });
}

/** A wait asked for is kept up to the cap, however long: the vendor may mean it. */
function retryAfterMs(text: string | undefined, answeredAtMs: number): number | undefined {
  const waitSeconds = wholeNumber(text);
  if (waitSeconds !== undefined) return clampWait(waitSeconds * 1_000);
  const atMs = dateMs(text);
  return atMs === undefined ? undefined : clampWait(atMs - answeredAtMs);
}

/** A number that the unit cannot hold is of the other unit: no epoch is 30, no window 50 years. */
function resetInMs(
  text: string | undefined,
  unit: RateLimitDialect['resetUnit'],
  answeredAtMs: number,
): number | undefined {
  const value = wholeNumber(text);
  if (value === undefined) return undefined;
  // Zero to go is now; an epoch of zero is nobody's reset.
  if (value === 0) return unit === 'seconds-to-go' ? 0 : undefined;
  if (value <= SECONDS_TO_GO_MAX) return clampWait(value * 1_000);
  return believed(value * 1_000, answeredAtMs);
}

function believed(atMs: number | undefined, answeredAtMs: number): number | undefined {
  if (atMs === undefined || Math.abs(atMs - answeredAtMs) > RESET_BELIEVED_MS_MAX) return undefined;
  return clampWait(atMs - answeredAtMs);
}

const clampWait = (waitMs: number): number => Math.min(Math.max(waitMs, 0), WAIT_MS_MAX);

function wholeNumber(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? '';
  return /^\d{1,15}$/.test(trimmed) ? Number(trimmed) : undefined;
}

/** A name that may be logged; any other text is none. */
const bucketName = (text: string | undefined): string | undefined =>
  /^[\w.:/-]{1,100}$/.exec(text?.trim() ?? '')?.[0];

/** HTTP dates and ISO 8601 with a zone; nothing that a lenient parser would guess at. */
function dateMs(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? '';
  if (!/^(\w{3,9}, .+ GMT|\d{4}-\d\d-\d\dT[\d:.]+Z)$/.test(trimmed)) return undefined;
  const atMs = Date.parse(trimmed);
  return Number.isNaN(atMs) ? undefined : atMs;
}

/** Without the keys whose value is not known. */
function known(
  signals: {
    readonly [K in keyof Required<ThrottleSignals>]: ThrottleSignals[K] | undefined;
  },
): ThrottleSignals {
  return Object.fromEntries(Object.entries(signals).filter(([, value]) => value !== undefined));
}
