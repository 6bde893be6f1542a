/**
 * The instants the limiter's proof rests on. A permit's bound is set before the call is sent and must
 * hold whatever happens next, so every step between grant and the vendor's count has a limit here.
 */
import { seconds } from '../kernel/duration.ts';

/** A permit not used by then is void: checked on both clocks immediately before the socket write. */
export const GRANT_TO_SEND_MAX_MS = seconds(5);

/** The HTTP timeout of one vendor call; the socket is destroyed when it passes. */
export const CALL_TIMEOUT_MS = seconds(15);

/** After a socket is destroyed: bytes already in flight, and the vendor's own queueing before it counts. */
export const FLIGHT_ALLOWANCE_MS = seconds(3);

/**
 * Covers two workers' clocks at ±250 ms of true time and timer slop. Rests on the time service of the
 * hosts (Lambda's is NTP-synchronised); `clock-watch.ts` notices a host that is further off.
 */
export const CLOCK_ALLOWANCE_MS = 505;

/** From grant to the last instant at which the vendor may still count the call. */
export const UNSETTLED_BOUND_MS = GRANT_TO_SEND_MAX_MS + CALL_TIMEOUT_MS + FLIGHT_ALLOWANCE_MS;

/** What a call usually takes; only appointments are booked by it, never permits. */
export const USUAL_CALL_MS = 500;

/** How long a promised turn is kept for a head that does not show up. */
export const APPOINTMENT_LAPSE_MS = seconds(5);

/** Nominal budgets give no slot further ahead than this, beyond what the asker needs to be ready. */
export const SLOT_HORIZON_MS = seconds(1);

/** The most that an asker is expected to need until it can send: the permit's row, a connection. */
export const SLOT_LEAD_MAX_MS = seconds(1);

/** A slot is void once it has passed by two spacings, and never before this. */
export const SLOT_LATE_MS = 20;

/** No reset or retry-after of a vendor is believed beyond this. */
export const BLOCK_MAX_MS = seconds(7_200);
